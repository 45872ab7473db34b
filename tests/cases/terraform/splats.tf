locals {
  list   = [{ ids = [[1]], for = { x = 1 } }]
  index  = local.list[for.x].ids
  names  = local.list.*.ids[0].*
  braces = local.list[*].ids[*]
  nested = local.list.*.ids.*
}
