// Writes the binary tables: one file of little-endian records that C reads in place.
//
// A string is a length (one byte, or 255 and four bytes) and its bytes; a record is a run of 32-bit words, aligned to four. Equal
// strings and equal records are stored once, so shapes that many resources share cost their size once. References
// are byte offsets from the start of the file; they stay below 2^24 so that a word can hold eight flag bits as well.
import fs from 'node:fs';

const FIRST_ROOM = 1 << 20;

export class Table {
  constructor(magic, headerWords) {
    this.bytes = Buffer.alloc(FIRST_ROOM);
    this.length = 0;
    this.strings = new Map();
    this.records = new Map();
    this.append(Buffer.from(magic, 'latin1'));
    this.header = this.length;
    this.append(Buffer.alloc(4 * headerWords));
  }

  append(chunk) {
    if (this.length + chunk.length > this.bytes.length) {
      const grown = Buffer.alloc(2 * (this.length + chunk.length));
      this.bytes.copy(grown);
      this.bytes = grown;
    }
    const at = this.length;
    chunk.copy(this.bytes, at);
    this.length += chunk.length;
    return at;
  }

  string(text) {
    let at = this.strings.get(text);
    if (at === undefined) {
      const body = Buffer.from(text, 'utf8');
      const length = body.length < 255 ? Buffer.from([body.length]) : Buffer.alloc(5, 255);
      if (body.length >= 255) length.writeUInt32LE(body.length, 1);
      at = this.append(Buffer.concat([length, body]));
      this.strings.set(text, at);
    }
    return at;
  }

  record(words) {
    const body = Buffer.alloc(4 * words.length);
    words.forEach((word, i) => body.writeUInt32LE(word >>> 0, 4 * i));
    const key = body.toString('latin1');
    let at = this.records.get(key);
    if (at === undefined) {
      this.append(Buffer.alloc(-this.length & 3));
      at = this.append(body);
      this.records.set(key, at);
    }
    return at;
  }

  // A reference and eight bits beside it in one word.
  static packed(at, bits) {
    if (at >= 1 << 24 || bits > 255) throw new Error('the table outgrew its 24-bit references');
    return at * 256 + bits;
  }

  // Header word i.
  setHeader(i, word) {
    this.bytes.writeUInt32LE(word, this.header + 4 * i);
  }

  write(path) {
    fs.writeFileSync(path, this.bytes.subarray(0, this.length));
    return this.length;
  }
}

// The order in which C's binary search expects names: by bytes.
export const byBytes = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));
export const sortedEntries = object => Object.entries(object).sort(([a], [b]) => byBytes(a, b));
