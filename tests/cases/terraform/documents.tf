# State machines, items and buildspecs inside of Terraform are checked as what they are.

locals {
  wait = {
    Type    = "Wait"
    Seconds = -5
    Next    = "Done"
  }
}

resource "aws_sfn_state_machine" "encoded" {
  name     = "encoded"
  role_arn = aws_iam_role.r.arn
  definition = jsonencode({
    StartAt = "Call"
    States = {
      Call = {
        Type       = "Task"
        Resource   = "arn:aws:states:::lambda:invoke"
        Parameters = { FunctonName = aws_lambda_function.f.arn, "Payload.$" = "$" }
        Next       = "Wait"
      }
      Wait = local.wait
      Done = { Type = "Pass", Result = { at = timestamp() }, Next = "Nowhere" }
    }
  })
}

resource "aws_sfn_state_machine" "heredoc" {
  name       = "heredoc"
  role_arn   = aws_iam_role.r.arn
  type       = "EXPRESS"
  definition = <<-EOT
    {
      "StartAt": "Call",
      "States": {
        "Call": {
          "Type": "Task",
          "Resource": "${aws_lambda_function.f.arn}",
          "TimeoutSeconds": ${var.seconds},
          "Next": "Wiat"
        },
        "Wait": {"Type": "Wait", "Seconds": 5, "End": true}
      }
    }
  EOT
}

resource "aws_sfn_state_machine" "good" {
  name     = "good"
  role_arn = aws_iam_role.r.arn
  definition = jsonencode({
    StartAt = "Each"
    States = merge({
      Each = {
        Type           = "Map"
        ItemsPath      = "$.items"
        ItemProcessor  = { StartAt = "A", States = { A = { Type = "Succeed" } } }
        MaxConcurrency = var.seconds
        End            = true
      }
    }, {})
  })
}

resource "aws_dynamodb_table_item" "item" {
  table_name = "t"
  hash_key   = "id"
  item       = jsonencode({ id = { S = "x" }, n = { N = "12x" }, count = { N = var.seconds } })
}

resource "aws_codebuild_project" "p" {
  name         = "build"
  service_role = "arn:aws:iam::123456789012:role/x"
  artifacts { type = "NO_ARTIFACTS" }
  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }
  source {
    type      = "NO_SOURCE"
    buildspec = <<-EOT
      version: 0.2
      phases:
        biuld:
          commands:
            - echo ${var.seconds}
    EOT
  }
}

resource "aws_codebuild_project" "by_path" {
  name         = "by-path"
  service_role = "arn:aws:iam::123456789012:role/x"
  artifacts { type = "NO_ARTIFACTS" }
  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }
  source {
    type      = "GITHUB"
    location  = "https://github.com/a/b.git"
    buildspec = "ci/buildspec.yml"
  }
}

variable "seconds" { default = 5 }

resource "aws_iam_role" "r" { assume_role_policy = "{}" }

resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = aws_iam_role.r.arn
  handler       = "f.handler"
  runtime       = "python3.12"
  filename      = "f.zip"
}
