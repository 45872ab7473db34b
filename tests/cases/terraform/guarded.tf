# A branch that is not taken is not evaluated: what it reads need not be there.
variable "on" {
  default = true
}

locals {
  none  = []
  tags  = { colour = "red" }
  first = length(local.none) > 0 ? local.none[0] : "none"
  shape = contains(keys(local.tags), "shape") ? local.tags.shape : "round"
  size  = contains(keys(local.tags), "size") ? local.tags["size"] : "small"
  text  = fileexists("${path.module}/no.txt") ? file("${path.module}/no.txt") : ""
  kind  = var.on ? aws_sqs_queue.jobs.nothing : ""
  last  = local.none[0]
  other = [local.tags.shape, file("${path.module}/no.txt")]
}

resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}
