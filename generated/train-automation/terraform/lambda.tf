# Generated from train-automation.mlops by mlopsc: change the spec, not this file.

data "archive_file" "validate_zip" {
  type        = "zip"
  source_file = "${path.module}/../lambda/validate.py"
  output_path = "${path.module}/build/validate.zip"
}

resource "aws_cloudwatch_log_group" "validate_logs" {
  name              = "/aws/lambda/ml-train-pipeline-validate"
  retention_in_days = 30
}

resource "aws_iam_role" "validate_role" {
  name = "ml-train-pipeline-validate-lambda"
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

resource "aws_iam_role_policy" "validate_permissions" {
  name = "permissions"
  role = aws_iam_role.validate_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.validate_logs.arn}:*"
    }]
  })
}

resource "aws_lambda_function" "validate" {
  function_name    = "ml-train-pipeline-validate"
  role             = aws_iam_role.validate_role.arn
  runtime          = "python3.12"
  handler          = "validate.handler"
  filename         = data.archive_file.validate_zip.output_path
  source_code_hash = data.archive_file.validate_zip.output_base64sha256
  memory_size      = 128
  timeout          = 30
  depends_on       = [aws_cloudwatch_log_group.validate_logs, aws_iam_role_policy.validate_permissions]
}

data "archive_file" "log_metrics_zip" {
  type        = "zip"
  source_file = "${path.module}/../lambda/log_metrics.py"
  output_path = "${path.module}/build/log_metrics.zip"
}

resource "aws_cloudwatch_log_group" "log_metrics_logs" {
  name              = "/aws/lambda/ml-train-pipeline-log-metrics"
  retention_in_days = 30
}

resource "aws_iam_role" "log_metrics_role" {
  name = "ml-train-pipeline-log-metrics-lambda"
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

resource "aws_iam_role_policy" "log_metrics_permissions" {
  name = "permissions"
  role = aws_iam_role.log_metrics_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.log_metrics_logs.arn}:*"
    }]
  })
}

resource "aws_lambda_function" "log_metrics" {
  function_name    = "ml-train-pipeline-log-metrics"
  role             = aws_iam_role.log_metrics_role.arn
  runtime          = "python3.12"
  handler          = "log_metrics.handler"
  filename         = data.archive_file.log_metrics_zip.output_path
  source_code_hash = data.archive_file.log_metrics_zip.output_base64sha256
  memory_size      = 128
  timeout          = 30
  depends_on       = [aws_cloudwatch_log_group.log_metrics_logs, aws_iam_role_policy.log_metrics_permissions]
}
