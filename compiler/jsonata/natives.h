// The built-in functions, by file. What they are given has been checked against their signature in functions.c.
#pragma once
#include "jsonata/engine.h"

#define NATIVE(name) Value jsonata_native_##name(Engine *engine, const Value *arguments, size_t count)
#define ARGUMENT(n) argument(arguments, count, (n))

// functions_string.c
NATIVE(string);
NATIVE(substring);
NATIVE(substring_before);
NATIVE(substring_after);
NATIVE(lowercase);
NATIVE(uppercase);
NATIVE(length);
NATIVE(trim);
NATIVE(pad);
NATIVE(join);
// functions_match.c
NATIVE(match);
NATIVE(contains);
NATIVE(replace);
NATIVE(split);
// functions_encode.c
NATIVE(base64encode);
NATIVE(base64decode);
NATIVE(encode_url_component);
NATIVE(encode_url);
NATIVE(decode_url_component);
NATIVE(decode_url);
// functions_number.c
NATIVE(number);
NATIVE(abs);
NATIVE(floor);
NATIVE(ceil);
NATIVE(round);
NATIVE(sqrt);
NATIVE(power);
NATIVE(random);
NATIVE(format_base);
NATIVE(sum);
NATIVE(max);
NATIVE(min);
NATIVE(average);
double jsonata_round_half_even(double number, int places);
// number_picture.c
NATIVE(format_number);
// integer_picture.c
NATIVE(format_integer);
NATIVE(parse_integer);
// functions_array.c
NATIVE(count);
NATIVE(append);
NATIVE(reverse);
NATIVE(sort);
NATIVE(shuffle);
NATIVE(distinct);
NATIVE(zip);
// functions_object.c
NATIVE(keys);
NATIVE(lookup);
NATIVE(spread);
NATIVE(merge);
NATIVE(exists);
NATIVE(type);
NATIVE(boolean);
NATIVE(negation);
NATIVE(error);
NATIVE(assert);
NATIVE(clone);
NATIVE(eval);
// functions_higher.c
NATIVE(map);
NATIVE(filter);
NATIVE(single);
NATIVE(reduce);
NATIVE(each);
NATIVE(sift);
// datetime.c
NATIVE(now);
NATIVE(millis);
NATIVE(from_millis);
NATIVE(to_millis);
// functions_states.c: what Step Functions adds
NATIVE(parse);
NATIVE(partition);
NATIVE(range);
NATIVE(hash);
NATIVE(random_seeded);
NATIVE(uuid);
