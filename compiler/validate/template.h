// Files in which `${…}` (Terraform, CloudFormation) and `%{…}` (Terraform) are filled in before a service sees them.
#pragma once
#include "base/str.h"

// Replaces `${…}` and `%{…}` outside strings, and quotes inside placeholders, so that a template parses as JSON with
// all offsets kept. False: it has none. *directives: it has `%{…}`, so that its shape depends on what is substituted.
bool template_fill(Arena *arena, Str text, Str *filled, bool *directives);

// Whether a string holds (or, filled in, stands for) something that is substituted before the service sees it.
bool template_is_open(Str text);
