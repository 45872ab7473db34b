# Generated from showcase.mlops by mlopsc: change the spec, not this file.

resource "aws_lambda_function" "drift_run" {
  function_name    = "mlops-showcase-drift"
  role             = var.drift_run_role_arn
  runtime          = "python3.12"
  handler          = "drift.handler"
  filename         = var.drift_run_zip_output_path
  source_code_hash = var.drift_run_zip_output_base64sha256
  memory_size      = 512
  timeout          = 300

  environment {
    variables = {
      ENDPOINT     = "mlops-showcase-predictor"
      REQUESTS     = "s3://${var.data_id}/data-capture/mlops-showcase-predictor/main"
      BASELINE     = "s3://${var.data_id}/baseline.csv"
      REPORTS      = "s3://${split("/", replace("s3://${var.data_id}/baseline.csv", "s3://", ""))[0]}/drift/drift/"
      NAMESPACE    = "MLOps/Drift"
      WINDOW_HOURS = "24"
      THRESHOLD    = "0.2"
    }
  }

  depends_on = [var.drift_run_logs_id, var.drift_run_permissions_id]
}

resource "aws_cloudwatch_event_rule" "drift_tick" {
  name                = "mlops-showcase-drift"
  schedule_expression = "rate(60 minutes)"
}

resource "aws_cloudwatch_event_target" "drift_tick_target" {
  rule = aws_cloudwatch_event_rule.drift_tick.name
  arn  = aws_lambda_function.drift_run.arn
}

resource "aws_lambda_permission" "drift_tick_permission" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.drift_run.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.drift_tick.arn
}

resource "aws_cloudwatch_event_rule" "train_failed" {
  name = "mlops-showcase-train-failed"
  event_pattern = jsonencode({
    source      = ["aws.states"]
    detail-type = ["Step Functions Execution Status Change"]
    detail = {
      stateMachineArn = [var.train_arn]
      status          = ["FAILED", "TIMED_OUT", "ABORTED"]
    }
  })
}

resource "aws_cloudwatch_event_target" "train_failed_1_target" {
  rule = aws_cloudwatch_event_rule.train_failed.name
  arn  = var.alerts_arn
}

resource "aws_iam_role_policy" "github_roles_runs" {
  name = "runs"
  role = var.github_roles_run_id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["states:StartExecution"]
        Resource = [var.train_arn]
      },
      {
        Effect = "Allow"
        Action = ["states:DescribeExecution"]
        Resource = [
          "arn:${data.aws_partition.current.partition}:states:us-east-1:${data.aws_caller_identity.current.account_id}:execution:mlops-showcase-train:*",
        ]
      },
      {
        Effect   = "Allow"
        Action   = ["lambda:InvokeFunction"]
        Resource = [var.smoke_arn]
      },
      {
        Effect   = "Allow"
        Action   = ["lambda:InvokeFunction"]
        Resource = [aws_lambda_function.drift_run.arn]
      },
    ]
  })
}

data "aws_partition" "current" {}

data "aws_caller_identity" "current" {}
