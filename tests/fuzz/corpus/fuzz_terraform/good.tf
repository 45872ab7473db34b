# Much of the language, all of it right.
terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.0, < 7.0"
    }
  }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = local.tags
  }
}

provider "aws" {
  alias  = "west"
  region = "us-west-2"
}

variable "region" {
  type    = string
  default = "us-east-1"

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+-\\d$", var.region))
    error_message = "Not a region: ${var.region}"
  }
}

variable "buckets" {
  type = map(object({
    versioned = optional(bool, false)
    days      = optional(number)
    rules     = list(object({ prefix = string }))
  }))
  default = {}
}

locals {
  tags   = { Name = "x", Owner = null }
  names  = [for name, bucket in var.buckets : upper(name) if bucket.versioned]
  groups = { for name, bucket in var.buckets : bucket.days => name... }
  first  = try(local.names[0], "none")
  text   = <<-EOT
    %{for name in local.names~}
    - ${name}
    %{endfor~}
    $${literal}
  EOT
  sizes  = { small = 1, big = 2 }
  size   = local.sizes[var.region == "us-east-1" ? "small" : "big"]
  chosen = var.region == "x" ? { a = 1 } : { a = 2 }
}

data "aws_caller_identity" "me" {}

data "aws_iam_policy_document" "read" {
  dynamic "statement" {
    for_each = var.buckets
    iterator = each_bucket

    content {
      actions   = ["s3:GetObject"]
      resources = ["${aws_s3_bucket.data[each_bucket.key].arn}/*"]

      condition {
        test     = "StringEquals"
        variable = "aws:SourceAccount"
        values   = [data.aws_caller_identity.me.account_id]
      }
    }
  }
}

resource "aws_s3_bucket" "data" {
  for_each = var.buckets

  bucket        = "data-${each.key}"
  force_destroy = each.value.versioned
  tags          = merge(local.tags, { Bucket = each.key })

  lifecycle {
    ignore_changes       = [tags, tags_all]
    replace_triggered_by = [null_resource.each[0].id]

    precondition {
      condition     = length(each.key) > 2
      error_message = "Too short."
    }
  }
}

resource "null_resource" "each" {
  count    = 2
  triggers = { index = count.index }

  provisioner "local-exec" {
    command = "echo ${self.id}"
  }
}

resource "aws_security_group" "web" {
  provider    = aws.west
  name        = "web"
  description = "x"

  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }

  timeouts {
    create = "5m"
  }

  depends_on = [null_resource.each, data.aws_caller_identity.me]
}

resource "terraform_data" "note" {
  input = { a = local.first }
}

check "arns" {
  assert {
    condition     = alltrue([for b in aws_s3_bucket.data : startswith(b.arn, "arn:")])
    error_message = "Odd."
  }
}

moved {
  from = aws_s3_bucket.old
  to   = aws_s3_bucket.data["a"]
}

output "arns" {
  description = "Of the buckets."
  value       = values(aws_s3_bucket.data)[*].arn
}

output "ids" {
  value     = null_resource.each[*].id
  sensitive = true
}

output "path" {
  value = "${path.module}/${terraform.workspace}/${local.text}/${local.size}/${jsonencode(local.groups)}/${local.chosen.a}"
}
