# Generated from reusable-framework.mlops by mlopsc: change the spec, not this file.

data "archive_file" "preprocess_lambda_zip" {
  type        = "zip"
  source_file = "${path.module}/../lambda/preprocess.py"
  output_path = "${path.module}/build/preprocess_lambda.zip"
}

resource "aws_cloudwatch_log_group" "preprocess_lambda_logs" {
  name              = "/aws/lambda/${var.prefix}-${var.environment}-ml-train-pipeline-common-preprocess-lambda"
  retention_in_days = 30
}

resource "aws_iam_role" "preprocess_lambda_role" {
  name = "${var.prefix}-${var.environment}-ml-train-pipeline-common-preprocess-lambda-lambda"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "lambda.amazonaws.com"
      }
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = data.aws_caller_identity.current.account_id
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "preprocess_lambda_permissions" {
  name = "permissions"
  role = aws_iam_role.preprocess_lambda_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.preprocess_lambda_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:ListBucket"]
        Resource = [data.aws_s3_bucket.artifacts.arn, "${data.aws_s3_bucket.artifacts.arn}/*"]
      },
      {
        Effect   = "Allow"
        Action   = ["s3:PutObject", "s3:AbortMultipartUpload"]
        Resource = ["${data.aws_s3_bucket.artifacts.arn}/*"]
      },
    ]
  })
}

resource "aws_lambda_function" "preprocess_lambda" {
  function_name    = "${var.prefix}-${var.environment}-ml-train-pipeline-common-preprocess-lambda"
  role             = aws_iam_role.preprocess_lambda_role.arn
  runtime          = "python3.12"
  handler          = "preprocess.handler"
  filename         = data.archive_file.preprocess_lambda_zip.output_path
  source_code_hash = data.archive_file.preprocess_lambda_zip.output_base64sha256
  memory_size      = 512
  timeout          = 300

  environment {
    variables = {
      ARTIFACTS = data.aws_s3_bucket.artifacts.id
    }
  }

  depends_on = [aws_cloudwatch_log_group.preprocess_lambda_logs, aws_iam_role_policy.preprocess_lambda_permissions]
}

data "archive_file" "postprocess_zip" {
  type        = "zip"
  source_file = "${path.module}/../lambda/postprocess.py"
  output_path = "${path.module}/build/postprocess.zip"
}

resource "aws_cloudwatch_log_group" "postprocess_logs" {
  name              = "/aws/lambda/${var.prefix}-${var.environment}-ml-train-pipeline-common-postprocess"
  retention_in_days = 30
}

resource "aws_iam_role" "postprocess_role" {
  name = "${var.prefix}-${var.environment}-ml-train-pipeline-common-postprocess-lambda"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "lambda.amazonaws.com"
      }
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = data.aws_caller_identity.current.account_id
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "postprocess_permissions" {
  name = "permissions"
  role = aws_iam_role.postprocess_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.postprocess_logs.arn}:*"
    }]
  })
}

resource "aws_lambda_function" "postprocess" {
  function_name    = "${var.prefix}-${var.environment}-ml-train-pipeline-common-postprocess"
  role             = aws_iam_role.postprocess_role.arn
  runtime          = "python3.12"
  handler          = "postprocess.handler"
  filename         = data.archive_file.postprocess_zip.output_path
  source_code_hash = data.archive_file.postprocess_zip.output_base64sha256
  memory_size      = 512
  timeout          = 30
  depends_on       = [aws_cloudwatch_log_group.postprocess_logs, aws_iam_role_policy.postprocess_permissions]
}

data "archive_file" "router_zip" {
  type        = "zip"
  source_file = "${path.module}/../lambda/router.py"
  output_path = "${path.module}/build/router.zip"
}

resource "aws_cloudwatch_log_group" "router_logs" {
  name              = "/aws/lambda/${var.prefix}-${var.environment}-ml-train-pipeline-common-router"
  retention_in_days = 30
}

resource "aws_iam_role" "router_role" {
  name = "${var.prefix}-${var.environment}-ml-train-pipeline-common-router-lambda"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "lambda.amazonaws.com"
      }
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = data.aws_caller_identity.current.account_id
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "router_permissions" {
  name = "permissions"
  role = aws_iam_role.router_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.router_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = ["dynamodb:GetItem", "dynamodb:Query"]
        Resource = [aws_dynamodb_table.pipelines.arn]
      },
      {
        Effect   = "Allow"
        Action   = ["states:StartExecution"]
        Resource = [aws_sfn_state_machine.train.arn]
      },
    ]
  })
}

resource "aws_lambda_function" "router" {
  function_name    = "${var.prefix}-${var.environment}-ml-train-pipeline-common-router"
  role             = aws_iam_role.router_role.arn
  runtime          = "python3.12"
  handler          = "router.handler"
  filename         = data.archive_file.router_zip.output_path
  source_code_hash = data.archive_file.router_zip.output_base64sha256
  memory_size      = 512
  timeout          = 300

  environment {
    variables = {
      PIPELINES     = aws_dynamodb_table.pipelines.name
      TRAIN         = aws_sfn_state_machine.train.arn
      TABLE         = aws_dynamodb_table.pipelines.name
      STATE_MACHINE = aws_sfn_state_machine.train.arn
    }
  }

  depends_on = [aws_cloudwatch_log_group.router_logs, aws_iam_role_policy.router_permissions]
}

resource "aws_lambda_permission" "router_created_permission" {
  count         = var.environment == "dev" ? 1 : 0
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.router.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.artifacts_created[0].arn
}

resource "aws_lambda_permission" "router_schedule1_permission" {
  count         = (var.environment == "dev" ? true : var.environment == "uat") ? 1 : 0
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.router.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.schedule1[0].arn
}
