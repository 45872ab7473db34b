"""Snippets of HCL, right and wrong: pieces of real files with tokens changed, and texts made from the grammar."""
import random
import re

TOKEN = re.compile(
    r'"(?:[^"\\\n]|\\.)*"|[A-Za-z_][\w-]*|\d+(?:\.\d+)?|\s*\n\s*|[ \t]+|#[^\n]*|//[^\n]*|/\*.*?\*/|<<-?\w+|[=!<>]=|&&|\|\||=>|\.\.\.|.', re.S)
PIECES = [
    " ", "  ", "\n", "\n\n", "\t", "\r\n", "# c\n", "// c\n", "/* c */", "/* a\nb */", "(", ")", "[", "]", "{", "}", ",", ".", "=", ":",
    "=>", "?", "!", "-", "+", "*", "%", "&&", "||", "==", "...", "'", ";", "@", "~", "\u00e9", "for", "in", "if", "null", "1", "1e5", "-1",
    "foo", '"x"', '"${a}"', '"${ a }"', '"${a}b"', '"$${a}"', '"${"x"}"', '"%{if x}a%{endif}"', '"%{ if x ~}a%{~ else }b%{endif}"',
    "<<EOT\n  hi ${ a  +b }\n  EOT\n", "<<-EOT\n    hi\n      ${a}\n    EOT\n", "[*]", ".*", ".0", "a[0]", 'a["b"]', "a.b.c", "a.0.b",
    "a.*.b", "a[*].b", "f(x)", "f(\nx\n)", "x ? y : z", "[for x in y:x]", "{for k,v in y:k=>v}", "{for k,v in y:k=>v... if k}", "((a))",
    "a = 1\n", 'a= "${b}"\n', "b {\n}\n", 'b "l" {}\n', "b l{\na=1}\n", "b {\n a = 1\n bb = 2\n\n c = [\n1,\n2 ]\n}\n",
]
NAMES = ["a", "b", "foo", "bar_baz", "long_name_here", "for_each", "type", "count", "each", "null", "true", "if", "in", "for", "a-b"]


class Snippets:
    """Endless snippets; `sources` are the texts whose pieces are changed."""

    def __init__(self, seed, sources):
        self.random, self.sources = random.Random(seed), sources

    def pick(self, *choices):
        return self.random.choice(choices)

    def blank(self):
        return self.pick("", "", " ", " ", "  ")

    def line(self):
        return self.pick("", "", "", "\n", "\n  ", " # c\n", "\n\n", "/* c */")

    def many(self, make, separator, most=4):
        return separator.join(make() for _ in range(self.random.randrange(most)))

    def expression(self, depth=0):
        inner = lambda: self.expression(depth + 1)
        name, blank, line = lambda: self.random.choice(NAMES), self.blank, self.line
        shapes = [
            name, lambda: str(self.random.randrange(100)), lambda: '"s"', lambda: f"{name()}.{name()}",
            lambda: self.pick("1.5", "1e3", "-1", '""', '"a b"', '"\\"q"', '"$${x}"', '"%%{x"'),
            lambda: "var." + name() + self.pick("", "[0]", '["k"]', "[*].x", ".*.x", ".0", "[count.index]", "[*]", ".*"),
        ]
        if depth < 4:
            shapes += [
                lambda: "[" + line() + self.many(inner, "," + line()) + self.pick("", ",", ",\n", "\n") + "]",
                lambda: "{" + self.pick("", " ", "\n") + self.many(
                    lambda: self.pick(name(), '"k"', "(v)", '"${k}"', "a.b", "1") + blank() + self.pick("=", ":") + blank() + inner(),
                    self.pick(",", "\n", ", ", ",\n", "\n\n")) + self.pick("", "\n", " ", ",", ",\n") + "}",
                lambda: self.pick("f", "lower", "merge", "provider::aws::arn_parse") + blank() + "(" + line() + self.many(inner, "," + line(), 3)
                + self.pick("", "...", ",", "\n", " ", ",\n") + ")",
                lambda: "(" + line() + inner() + line() + ")",
                lambda: inner() + blank() + self.pick("+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">=", ">", "&&", "||") + blank() + inner(),
                lambda: inner() + blank() + "?" + blank() + inner() + blank() + ":" + blank() + inner(),
                lambda: self.pick("!", "-", "! ", "- ") + inner(),
                lambda: '"${' + self.pick("", "~", " ", "~ ") + inner() + self.pick("", "~", " ", " ~") + "}" + self.pick("", "x", " ") + '"',
                lambda: '"a${' + inner() + "}b%{" + self.pick(" ", "", "~") + "if " + inner() + self.pick(" ", "", "~") + '}y%{ endif }"',
                lambda: "[" + line() + "for " + self.pick("x", "k,v", "k , v") + " in " + inner() + blank() + ":" + inner()
                + self.pick("", " if " + inner()) + line() + "]",
                lambda: "{" + line() + "for " + self.pick("x", "k,v") + " in " + inner() + " : " + name() + blank() + "=>" + blank() + inner()
                + self.pick("", "...") + self.pick("", " if " + inner()) + line() + "}",
                lambda: "<<" + self.pick("", "-") + "EOT\n" + self.pick("", "  ", "    ") + "line ${" + inner() + "}\n"
                + self.pick("", "\n", "%{ if x }\n y\n%{ endif }\n") + " two\n" + self.pick("", "  ") + "EOT\n",
                lambda: inner() + "[" + blank() + inner() + blank() + "]",
                lambda: inner() + self.pick("[*]", ".*") + self.pick("", ".x"),
            ]
        return self.random.choice(shapes)()

    def item(self, depth):
        margin, name = "  " * depth, self.random.choice(NAMES)
        kind = self.random.random()
        if kind < 0.6:
            end = self.pick("", "", " # c", " // c", "   /* c */", "  ")
            return self.pick(margin, "", "\t", margin + " ") + name + self.blank() + "=" + self.blank() + self.expression() + end + "\n"
        if kind < 0.75 and depth < 3:
            head = name + self.pick(" ", "  ", ' "l" ', ' "a" "b" ', " l ", ' "l"') + "{" + self.pick("\n", "\n\n", " # c\n")
            return margin + head + self.body(depth + 1) + self.pick(margin, "", " ") + "}\n"
        if kind < 0.8:
            return margin + name + " { " + self.pick("", "x = " + self.expression()) + " }\n"
        return self.pick("# c\n", "// c\n", "  # c\n", "/* c\n d */\n", "/* c */\n", "# a\n\n# b\n", "\n", "\n\n", "  \n")

    def body(self, depth=0):
        return "".join(self.item(depth) for _ in range(self.random.randrange(6)))

    def part(self):
        """Some lines of a real file: a whole block, or any."""
        text = self.random.choice(self.sources)
        blocks = re.findall(r"(?m)^\w[^\n]*\{\n(?:[ \t][^\n]*\n|\n)*\}\n", text)
        if blocks and self.random.random() < 0.7:
            return self.random.choice(blocks)
        lines = text.split("\n")
        start = self.random.randrange(max(1, len(lines) - 12))
        return "\n".join(lines[start:start + self.random.randrange(5, 25)])

    def changed(self, text):
        tokens = TOKEN.findall(text)
        for _ in range(self.pick(1, 1, 2, 3, 5, 8)):
            if not tokens:
                break
            at, other, kind = self.random.randrange(len(tokens)), self.random.randrange(len(tokens)), self.random.random()
            if kind < 0.25 and tokens[at].isspace():
                tokens[at] = self.pick("", " ", "   ", "\n", "\n\n", "\n\n\n", "\t", tokens[at] + "  ", " /* c */ ", " # c\n")
            elif kind < 0.35:
                del tokens[at]
            elif kind < 0.8:
                tokens.insert(at, self.random.choice(PIECES) if kind < 0.7 else tokens[other])
            elif kind < 0.9:
                tokens[at], tokens[other] = tokens[other], tokens[at]
            else:
                tokens[at] = self.random.choice(PIECES)
        return "".join(tokens)

    def next(self):
        kind = self.random.random()
        if kind < 0.5:
            return self.changed(self.part())
        return self.body() if kind < 0.8 else self.changed(self.body())
