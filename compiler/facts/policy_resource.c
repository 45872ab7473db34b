#include "facts/answer_text.h"
#include "facts/policy_parts.h"

void policy_add_resource(Resources *resources, Str resource) {
  for (size_t i = 0; i < resources->list.len; i++)
    if (str_eq(resources->list.at[i], resource)) return;
  VEC_PUSH(resources->arena, &resources->list, resource);
}

// --- Parts of names

// "https://sqs.eu-west-1.amazonaws.com/123456789012/jobs" -> "jobs"; "arn:…:cluster/jobs" -> "jobs"
static Str last_part(Str text) {
  for (size_t i = text.len; i > 0; i--)
    if (text.at[i - 1] == '/' || text.at[i - 1] == ':') return str_slice(text, i, text.len);
  return text;
}

// Another member of the resource that a template names, by the caller or by its spelling:
// "${aws_sqs_queue.jobs.url}" -> "${aws_sqs_queue.jobs.arn}". Empty: it is no template.
static Str with_member(Arena *arena, const FactsPolicyRequest *request, Str template, Str member) {
  static const Str members[] = {STR_INIT(".url}"), STR_INIT(".id}"), STR_INIT(".arn}"), STR_INIT(".name}")};
  if (request->member) return request->member(request->with, template, member);
  if (!str_starts(template, S("${"))) return (Str){0};
  for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
    if (!str_ends(template, members[i])) continue;
    Str stem = str_slice(template, 0, template.len - members[i].len);
    return str_fmt(arena, "%.*s.%.*s}", STR_ARG(stem), STR_ARG(member));
  }
  return (Str){0};
}

// Whether a text is what it says, not a template of the caller's.
static bool is_plain(Str text) {
  for (size_t i = 0; i < text.len; i++)
    if ((unsigned char)text.at[i] < ' ') return false;
  return !str_has(text, S("${"));
}

// --- What the reference says

typedef struct Filling {
  Arena *arena;
  const FactsPolicyRequest *request;
  const FactsCall *call;
  Str prefix; // of the IAM action
  Str whole;  // an argument that is the resource's ARN
} Filling;

static bool place_variable(const Filling *filling, Str name, Str *text) {
  const FactsPolicyRequest *request = filling->request;
  if (str_eq(name, S("Partition")))
    *text = request->partition;
  else if (str_eq(name, S("Region")))
    *text = request->region;
  else if (str_eq(name, S("Account")))
    *text = request->account;
  else
    return false;
  return true;
}

static bool takes(const Filling *filling, Str member) {
  FactsMember found;
  return facts_shape_find(facts_task_input(&filling->call->task), member, &found);
}

// The argument that stands for a variable: by the table, or by its name with or without "Name", as itself or as an ARN.
static bool argument_for(const Filling *filling, Str variable, Str *path, Str *behind, Str *otherwise) {
  *behind = *otherwise = (Str){0};
  PolicyRow row;
  for (Str rest = {0}; policy_row(S("facts/policy-arguments.tsv"), &rest, &row);) {
    if (!str_eq(row.column[0], filling->prefix) || !str_eq(row.column[1], variable)) continue;
    Str first = str_slice(row.column[2], 0, str_find(row.column[2], S("["), 0));
    if (!takes(filling, first)) continue;
    *path = row.column[2], *behind = row.column[3], *otherwise = row.column[4];
    return true;
  }
  Str stem = str_ends(variable, S("Name")) ? str_slice(variable, 0, variable.len - 4) : variable;
  Str candidates[] = {variable, stem, str_fmt(filling->arena, "%.*sArn", STR_ARG(stem)),
                      str_fmt(filling->arena, "%.*sId", STR_ARG(stem))};
  for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++) {
    *path = candidates[i];
    if (path->len && takes(filling, *path)) return true;
  }
  return false;
}

// What of an ARN stands behind the account: "forecast/abc", "cluster:c".
static Str resource_part(Str arn) {
  Str rest = arn;
  for (int i = 0; i < 5; i++) str_cut(rest, ':', &rest);
  return rest;
}

// Whether an argument is the ARN of another kind of thing than the one whose ARN begins as `begun`.
static bool of_another_kind(Str text, Str begun) {
  Str kind = resource_part(begun);
  return is_plain(text) && str_starts(text, S("arn:")) && kind.len && !str_starts(resource_part(text), kind);
}

static void write_variable(Buf *out, Filling *filling, Str name) {
  Str text, path, behind, otherwise;
  if (place_variable(filling, name, &text)) {
    buf_str(out, text);
    return;
  }
  Argument argument = {.state = ARGUMENT_UNKNOWN};
  if (argument_for(filling, name, &path, &behind, &otherwise))
    argument = policy_argument(filling->request, filling->call->arguments, path);
  if (argument.state == ARGUMENT_ABSENT && otherwise.len) argument = (Argument){ARGUMENT_WHOLE, otherwise};
  if (argument.state != ARGUMENT_WHOLE && argument.state != ARGUMENT_PREFIX) {
    buf_char(out, '*');
    return;
  }
  text = argument.text;
  Str as_arn = str_ends(path, S("Url")) ? with_member(filling->arena, filling->request, text, S("arn")) : (Str){0};
  if (!as_arn.len && of_another_kind(text, buf_text(out))) {
    buf_char(out, '*');
    return;
  }
  if (as_arn.len || policy_is_arn(text)) {
    bool open = !as_arn.len && argument.state == ARGUMENT_PREFIX; // what it begins with is all that is known
    filling->whole = as_arn.len ? as_arn : open ? str_fmt(filling->arena, "%.*s*", STR_ARG(text)) : text;
    return;
  }
  if (str_ends(path, S("Url"))) text = last_part(text);
  if (str_starts(text, S("/")) && out->len && out->at[out->len - 1] == '/') text = str_slice(text, 1, text.len);
  // SageMaker's ARNs have the names in lower case.
  if (str_eq(filling->prefix, S("sagemaker")) && is_plain(text)) text = answer_lower(filling->arena, text);
  buf_str(out, text);
  if (argument.state == ARGUMENT_PREFIX)
    buf_char(out, '*');
  else
    buf_str(out, behind);
}

// "family:3" says the revision itself: the format's own part for it goes.
static bool says_revision(const Buf *out, Str rest) {
  Str text = buf_text(out);
  size_t slash = text.len;
  while (slash > 0 && text.at[slash - 1] != '/') slash--;
  return str_starts(rest, S(":${")) && str_find(text, S(":"), slash) < text.len && slash > 0 &&
         is_plain(str_slice(text, slash, text.len));
}

static Str fill_format(Filling *filling, Str format) {
  Buf out = {.arena = filling->arena};
  while (format.len) {
    size_t open = str_find(format, S("${"), 0);
    buf_str(&out, str_slice(format, 0, open));
    if (open == format.len) break;
    size_t close = str_find(format, S("}"), open);
    write_variable(&out, filling, str_slice(format, open + 2, close));
    format = str_slice(format, close + 1, format.len);
    if (says_revision(&out, format)) break;
  }
  return filling->whole.len ? filling->whole : buf_text(&out);
}

// Whether the variables of the format are arguments of the call; an id behind a name is the service's to make.
static bool is_named(const Filling *filling, Str format) {
  size_t named = 0;
  for (size_t at = str_find(format, S("${"), 0); at < format.len; at = str_find(format, S("${"), at + 1)) {
    Str name = str_slice(format, at + 2, str_find(format, S("}"), at)), text, path, behind;
    if (place_variable(filling, name, &text)) continue;
    if (!argument_for(filling, name, &path, &behind, &text)) return named > 0 && str_eq(name, S("Id"));
    named++;
  }
  return named > 0;
}

void policy_own_resources(Resources *resources, const FactsPolicyRequest *request, const FactsCall *call,
                          FactsIamAction action) {
  Str rest;
  Str prefix = str_cut(action.name, ':', &rest);
  size_t before = resources->list.len;
  for (size_t i = 0; i < facts_iam_resources(action); i++) {
    FactsIamResource type = facts_iam_resource(action, i);
    Filling filling = {.arena = resources->arena, .request = request, .call = call, .prefix = prefix};
    if (type.required || is_named(&filling, type.arn)) policy_add_resource(resources, fill_format(&filling, type.arn));
  }
  if (resources->list.len == before) policy_add_resource(resources, S("*"));
}

// --- Templates of our own table

// "s3://bucket/folder" -> "bucket/folder"
static Str without_scheme(Str uri) {
  return str_starts(uri, S("s3://")) ? str_slice(uri, 5, uri.len) : uri;
}

// What is behind "|" in a template: how an argument becomes a part of an ARN. An argument of which only the beginning
// is known ends in "*".
static void write_filtered(Buf *out, const FactsPolicyRequest *request, Argument argument, Str filter) {
  Arena *arena = out->arena;
  Str text = argument.text;
  bool whole = argument.state == ARGUMENT_WHOLE;
  if (!whole && argument.state != ARGUMENT_PREFIX) {
    buf_str(out, S("*"));
    return;
  }
  if (str_eq(filter, S("name"))) { // of an ARN or a template
    Str named = with_member(arena, request, text, S("name"));
    bool plain = is_plain(text);
    text = named.len ? named : plain ? last_part(text) : S("*");
  } else if (str_eq(filter, S("bucket"))) { // of an S3 URI
    Str rest;
    text = str_cut(without_scheme(text), '/', &rest);
    whole = whole || rest.len;
  } else if (str_eq(filter, S("object"))) { // the object that an S3 URI names
    text = without_scheme(text);
  } else if (str_eq(filter, S("below"))) { // the objects in the folder that it names
    text = without_scheme(text);
    if (whole && !str_ends(text, S("/"))) text = str_fmt(arena, "%.*s/", STR_ARG(text));
    whole = false;
  } else if (str_eq(filter, S("label"))) { // the first one of a domain name
    text = str_slice(text, 0, str_find(text, S("."), 0));
  } else if (str_eq(filter, S("path")) && str_starts(text, S("/"))) {
    text = str_slice(text, 1, text.len);
  }
  buf_str(out, text);
  if (!whole) buf_char(out, '*');
}

// --- Inference profiles of Bedrock: a model's id with the places in front that its calls may go to

// The length of the place and dot in front of a model's id ("us.", "apac."), by the list of them; 0: none.
static size_t geography(Str text, Str list) {
  while (list.len) {
    Str one = str_cut(list, ',', &list);
    if (str_starts(text, one) && text.len > one.len && text.at[one.len] == '.') return one.len + 1;
  }
  return 0;
}

// What of a template the argument is, by a filter "model=us,eu", "profile=us,eu" or "behind=us,eu": the model itself,
// the profile, or the model behind the profile. *whole: all of the resource, where the argument is an ARN. False: it is
// none of them, and the template names no resource.
static bool model_part(Argument argument, Str kind, Str list, Str *part, Str *whole) {
  *part = S("*");
  if (argument.state != ARGUMENT_WHOLE) return !str_eq(kind, S("model")); // any model in any region is among the others
  Str text = argument.text, id = text;
  for (size_t slash; (slash = str_find(id, S("/"), 0)) < id.len;) id = str_slice(id, slash + 1, id.len);
  bool arn = policy_is_arn(text), system = str_has(text, S(":inference-profile/"));
  bool profile = system || str_has(text, S("inference-profile/")) || str_has(text, S("inference_profile"));
  size_t place = geography(id, list);
  if (arn ? profile != !str_eq(kind, S("model")) : (place > 0) != !str_eq(kind, S("model"))) return false;
  if (str_eq(kind, S("behind"))) {
    if (!arn || system) *part = str_slice(id, place, id.len);
    return true;
  }
  *part = text;
  if (arn) *whole = text;
  return true;
}

static Argument template_argument(const FactsPolicyRequest *request, const FactsCall *call, Str path) {
  if (!str_eq(path, S("@state_machine"))) return policy_argument(request, call->arguments, path);
  bool known = request->state_machine.len > 0;
  return (Argument){known ? ARGUMENT_WHOLE : ARGUMENT_UNKNOWN, request->state_machine};
}

Str policy_template(Arena *arena, const FactsPolicyRequest *request, const FactsCall *call, Str text) {
  Filling place = {.arena = arena, .request = request, .call = call};
  Buf out = {.arena = arena};
  while (text.len) {
    size_t open = str_find(text, S("{"), 0);
    bool variable = open > 0 && open < text.len && text.at[open - 1] == '$';
    buf_str(&out, str_slice(text, 0, variable ? open - 1 : open));
    if (open == text.len) break;
    size_t close = str_find(text, S("}"), open);
    Str filter, name = str_cut(str_slice(text, open + 1, close), '|', &filter);
    text = str_slice(text, close + 1, text.len);
    Str value;
    if (variable && place_variable(&place, name, &value)) {
      buf_str(&out, value);
      continue;
    }
    Argument argument = template_argument(request, call, name);
    Str list, kind = str_cut(filter, '=', &list), part, whole = {0};
    if (list.len) {
      if (!model_part(argument, kind, list, &part, &whole)) return (Str){0};
      if (whole.len) return whole;
      buf_str(&out, part);
      continue;
    }
    if (!filter.len && argument.state == ARGUMENT_WHOLE && policy_is_arn(argument.text)) return argument.text;
    write_filtered(&out, request, argument, filter);
  }
  return buf_text(&out);
}
