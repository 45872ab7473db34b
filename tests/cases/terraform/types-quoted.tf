# Before Terraform 0.12 types stood in quotes.
variable "names" {
  type = "list"
}

variable "ports" {
  type = list("number")
}

output "all" {
  value = [var.names, var.ports]
}
