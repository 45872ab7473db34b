// Documents inside of Terraform: state machines, items and buildspecs that stand in a heredoc or in jsonencode({ … })
// are checked as what they are, and what is wrong is told where it stands.
#include "validate/learnt.h"
#include "validate/tf.h"

static const HclExpr *resolve(const void *with, const HclExpr *expr) {
  return tf_resolved(with, expr);
}

void tf_check_document(TfModule *module, const HclExpr *expr, Str kind, bool express) {
  const FileKind *row = file_kind_named(kind);
  Learnt *learnt = module->project->set->learnt;
  const Inside *inside = row && row->check ? inside_read(learnt, module->sources, expr, row, resolve, module) : NULL;
  if (!inside) return;
  size_t before = module->diags->list.len;
  ValidateOptions options = {.express = express};
  row->check(module->diags, module->sources, inside->file, &options);
  inside_place(learnt, module->diags, before);
}
