# The files that templatefile() reads are templates: syntax, directives, functions and variables are checked in them.

output "fine" {
  value = templatefile("${path.module}/fine.tftpl", { names = ["a"], on = true, "b-c" = 1 })
}

output "unclosed" {
  value = templatefile("${path.module}/unclosed.tftpl", { name = "x" })
}

output "directives" {
  value = templatefile("${path.module}/directives.tftpl", { names = ["a"] })
}

output "calls" {
  value = templatefile("${path.module}/calls.sh", { name = "x", unused = 1 })
}

output "open" {
  value = templatefile("${path.module}/open.tftpl", var.all)
}

variable "all" {
  type = map(string)
}
