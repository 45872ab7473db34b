output "a" {
  value = file("${path.module}/../fixtures/a.asl.json")
}
