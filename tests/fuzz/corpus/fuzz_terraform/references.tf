terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
variable "list" { type = list(string) }
variable "obj" { type = object({ a = string, b = optional(number, 3) }) }
variable "m" { type = map(any) }
resource "aws_sns_topic" "t" {
  name = var.obj.c
}
resource "aws_sns_topic" "u" {
  for_each = var.list
  name     = each.key
}
resource "aws_sns_topic" "v" {
  for_each = var.m
  name     = each.value.x.y
}
output "a" { value = aws_sns_topic.v.arn }
output "b" { value = aws_sns_topic.v["x"].arn }
output "c" { value = aws_sns_topic.t[0].arn }
output "d" { value = [for k, v in aws_sns_topic.v : v.arnn] }
output "e" { value = values(aws_sns_topic.v)[*].arnn }
output "f" { value = aws_sns_topic.v[*].arn }
output "g" { value = aws_sns_topic.v }
output "h" { value = "x${aws_sns_topic.v}" }
output "i" { value = var.list.foo }
output "j" { value = var.list["a"] }
output "k" { value = var.list[0].foo }
output "l" { value = toset(var.list)[0] }
output "n" { value = data.aws_region.nope.name }
locals {
  x = { a = 1, b = "c" }
  y = local.x.c
  z = local.x["c"]
  s = "abc"
  t = local.s.foo
  q = [1, 2]
  r = local.q[5]
  w = local.q.0
  v = upper(["a"])
  u = length(1)
  p = "a" + 1
  o = true + 1
  n = -"x"
  m = !1
  l = "a" && true
  k = 1 ? 2 : 3
  j = true ? 1 : "x"
  i = true ? [] : {}
  h = [for x in 5 : x]
  g = { for x in ["a"] : x => x }
}
data "aws_iam_policy_document" "d" {
  statement {
    actions = "s3:*"
  }
  statement {
    dynamic "condition" {
      for_each = []
      content {
        test = condition.value.x
        foo  = condition.val
      }
    }
  }
}
