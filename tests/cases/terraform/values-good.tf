# Values that look odd and are right.

variable "bucket" { default = null }

locals {
  runtime = "python3.12"
  level   = "ERROR"
}

resource "aws_lambda_function" "image" {
  function_name = "image"
  role          = "arn:aws-us-gov:iam::123456789012:role/x"
  package_type  = "Image"
  image_uri     = "123456789012.dkr.ecr.us-east-1.amazonaws.com/x:1"
}

resource "aws_lambda_function" "either" {
  function_name = "either"
  role          = aws_iam_role.r.arn
  handler       = "a.b"
  runtime       = local.runtime
  filename      = var.bucket == null ? "x.zip" : null
  s3_bucket     = var.bucket
  s3_key        = var.bucket == null ? null : "x.zip"
  timeout       = "900"
  tracing_config { mode = "Active" }
}

resource "aws_lambda_function" "newer" {
  function_name = "newer"
  role          = "arn:${data.aws_partition.now.partition}:iam::123456789012:role/x"
  handler       = "a.b"
  runtime       = "python3.19"
  filename      = null
  s3_bucket     = "b"
  s3_key        = "k"
}

data "aws_partition" "now" {}

resource "aws_iam_role" "r" {
  name_prefix        = "r-"
  assume_role_policy = <<-EOT
    {
      "Version": "2012-10-17",
      "Statement": []
    }
  EOT
}

resource "aws_sfn_state_machine" "s" {
  role_arn   = aws_iam_role.r.arn
  definition = jsonencode({ StartAt = "A", States = { A = { Type = "Succeed" } } })
  logging_configuration {
    level                  = local.level
    include_execution_data = false
    log_destination        = "x"
  }
}

resource "aws_dynamodb_table" "t" {
  name         = "table"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  dynamic "attribute" {
    for_each = toset(["id", "more"])
    content {
      name = attribute.value
      type = "S"
    }
  }
}

resource "aws_dynamodb_table" "indexed" {
  name           = "indexed"
  read_capacity  = 1
  write_capacity = 1
  hash_key       = "id"
  range_key      = "at"
  attribute {
    name = "id"
    type = "S"
  }
  attribute {
    name = "at"
    type = "N"
  }
  attribute {
    name = "other"
    type = "B"
  }
  global_secondary_index {
    name            = "by-other"
    hash_key        = "other"
    projection_type = "ALL"
  }
}

resource "aws_cloudwatch_event_rule" "r" {
  event_pattern = jsonencode({ source = ["aws.s3"] })
  name          = "${local.level}-x"
}

resource "aws_sqs_queue" "q" {
  name       = "q.fifo"
  fifo_queue = true
}

resource "aws_cloudwatch_log_group" "g" {
  name              = "/aws/vendedlogs/states/x"
  retention_in_days = "30"
}
