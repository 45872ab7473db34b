# Generated from showcase.mlops by mlopsc: change the spec, not this file.

data "archive_file" "prepare_zip" {
  type        = "zip"
  source_file = "${path.module}/../src/data/prepare.py"
  output_path = "${path.module}/build/prepare.zip"
}

resource "aws_cloudwatch_log_group" "prepare_logs" {
  name              = "/aws/lambda/mlops-showcase-prepare"
  retention_in_days = 30
}

resource "aws_iam_role" "prepare_role" {
  name = "mlops-showcase-prepare-lambda"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "lambda.amazonaws.com"
      }
    }]
  })
}

resource "aws_iam_role_policy" "prepare_permissions" {
  name = "permissions"
  role = aws_iam_role.prepare_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.prepare_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = ["s3:PutObject", "s3:AbortMultipartUpload"]
        Resource = ["${aws_s3_bucket.data.arn}/*"]
      },
    ]
  })
}

resource "aws_lambda_function" "prepare" {
  function_name    = "mlops-showcase-prepare"
  role             = aws_iam_role.prepare_role.arn
  runtime          = "python3.12"
  handler          = "prepare.handler"
  filename         = data.archive_file.prepare_zip.output_path
  source_code_hash = data.archive_file.prepare_zip.output_base64sha256
  memory_size      = 128
  timeout          = 60

  environment {
    variables = {
      DATA = aws_s3_bucket.data.id
    }
  }

  depends_on = [aws_cloudwatch_log_group.prepare_logs, aws_iam_role_policy.prepare_permissions]
}

data "archive_file" "smoke_zip" {
  type        = "zip"
  source_file = "${path.module}/../src/test_endpoint.py"
  output_path = "${path.module}/build/smoke.zip"
}

resource "aws_cloudwatch_log_group" "smoke_logs" {
  name              = "/aws/lambda/mlops-showcase-smoke"
  retention_in_days = 30
}

resource "aws_iam_role" "smoke_role" {
  name = "mlops-showcase-smoke-lambda"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "lambda.amazonaws.com"
      }
    }]
  })
}

resource "aws_iam_role_policy" "smoke_permissions" {
  name = "permissions"
  role = aws_iam_role.smoke_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.smoke_logs.arn}:*"
      },
      {
        Effect = "Allow"
        Action = ["sagemaker:InvokeEndpoint", "sagemaker:DescribeEndpoint"]
        Resource = [
          "arn:${data.aws_partition.current.partition}:sagemaker:us-east-1:${data.aws_caller_identity.current.account_id}:endpoint/mlops-showcase-predictor",
        ]
      },
      {
        Effect   = "Allow"
        Action   = ["s3:PutObject", "s3:AbortMultipartUpload"]
        Resource = ["${aws_s3_bucket.data.arn}/*"]
      },
    ]
  })
}

resource "aws_lambda_function" "smoke" {
  function_name    = "mlops-showcase-smoke"
  role             = aws_iam_role.smoke_role.arn
  runtime          = "python3.12"
  handler          = "test_endpoint.handler"
  filename         = data.archive_file.smoke_zip.output_path
  source_code_hash = data.archive_file.smoke_zip.output_base64sha256
  memory_size      = 128
  timeout          = 600

  environment {
    variables = {
      PREDICTOR = "mlops-showcase-predictor"
      DATA      = aws_s3_bucket.data.id
    }
  }

  depends_on = [aws_cloudwatch_log_group.smoke_logs, aws_iam_role_policy.smoke_permissions]
}

data "archive_file" "drift_run_zip" {
  type        = "zip"
  source_file = "${path.module}/../src/monitoring/drift.py"
  output_path = "${path.module}/build/drift_run.zip"
}

resource "aws_cloudwatch_log_group" "drift_run_logs" {
  name              = "/aws/lambda/mlops-showcase-drift"
  retention_in_days = 30
}

resource "aws_iam_role" "drift_run_role" {
  name = "mlops-showcase-drift-lambda"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "lambda.amazonaws.com"
      }
    }]
  })
}

resource "aws_iam_role_policy" "drift_run_permissions" {
  name = "permissions"
  role = aws_iam_role.drift_run_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.drift_run_logs.arn}:*"
      },
      {
        Effect = "Allow"
        Action = "s3:GetObject"
        Resource = [
          "arn:${data.aws_partition.current.partition}:s3:::${replace("s3://${aws_s3_bucket.data.id}/baseline.csv", "s3://", "")}",
          "arn:${data.aws_partition.current.partition}:s3:::${replace("s3://${aws_s3_bucket.data.id}/data-capture/mlops-showcase-predictor/main", "s3://", "")}/*",
        ]
      },
      {
        Effect   = "Allow"
        Action   = "s3:ListBucket"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::${split("/", replace("s3://${aws_s3_bucket.data.id}/data-capture/mlops-showcase-predictor/main", "s3://", ""))[0]}"
      },
      {
        Effect   = "Allow"
        Action   = "s3:PutObject"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::${replace("s3://${split("/", replace("s3://${aws_s3_bucket.data.id}/baseline.csv", "s3://", ""))[0]}/drift/drift/", "s3://", "")}*"
      },
      {
        Effect   = "Allow"
        Action   = "cloudwatch:PutMetricData"
        Resource = "*"
        Condition = {
          StringEquals = {
            "cloudwatch:namespace" = "MLOps/Drift"
          }
        }
      },
    ]
  })
}

resource "aws_lambda_function" "drift_run" {
  function_name    = "mlops-showcase-drift"
  role             = aws_iam_role.drift_run_role.arn
  runtime          = "python3.12"
  handler          = "drift.handler"
  filename         = data.archive_file.drift_run_zip.output_path
  source_code_hash = data.archive_file.drift_run_zip.output_base64sha256
  memory_size      = 512
  timeout          = 300

  environment {
    variables = {
      ENDPOINT     = "mlops-showcase-predictor"
      REQUESTS     = "s3://${aws_s3_bucket.data.id}/data-capture/mlops-showcase-predictor/main"
      BASELINE     = "s3://${aws_s3_bucket.data.id}/baseline.csv"
      REPORTS      = "s3://${split("/", replace("s3://${aws_s3_bucket.data.id}/baseline.csv", "s3://", ""))[0]}/drift/drift/"
      NAMESPACE    = "MLOps/Drift"
      WINDOW_HOURS = "24"
      THRESHOLD    = "0.2"
    }
  }

  depends_on = [aws_cloudwatch_log_group.drift_run_logs, aws_iam_role_policy.drift_run_permissions]
}
