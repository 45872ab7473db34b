# Faults in strings and labels, each found once.
variable 'c' {
  default = 1
}

output "d" {
  value = "unclosed
}

output "e" {
  value = "\q"
}

output "f" {
  value = "right"
}
