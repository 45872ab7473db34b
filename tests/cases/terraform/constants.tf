# Constant expressions are worked out, as terraform does when it validates.

locals {
  name  = join("-", ["jobs", lower("DEV")])
  sizes = { small = 64, large = max(512, 1024) }
  texts = jsondecode("{\"a\": 1}")
}

output "fails" { value = tonumber("large") }

output "fails_inside" { value = upper(element([], 0)) }

output "is_caught" { value = try(tonumber("large"), 5) }

output "is_not_reached" { value = var.on ? tonumber("large") : 5 }

output "no_member" { value = local.texts.b }

output "no_network" { value = cidrsubnet("10.0.0.0/8", 8, 300) }

variable "on" { type = bool }

resource "aws_lambda_function" "small" {
  function_name = local.name
  role          = "arn:aws:iam::123456789012:role/x"
  handler       = "f.handler"
  runtime       = format("python%s", "3.99")
  filename      = "f.zip"
  memory_size   = local.sizes["small"] + 1
  timeout       = local.sizes.large
}
