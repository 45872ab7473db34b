# Generated from train-automation.mlops by mlopsc: change the spec, not this file.

resource "aws_cloudwatch_log_group" "train_logs" {
  name              = "/aws/vendedlogs/states/ml-train-pipeline"
  retention_in_days = 365
}

resource "aws_iam_role" "train_role" {
  name = "ml-train-pipeline-states"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "states.amazonaws.com"
      }
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = data.aws_caller_identity.current.account_id
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "train_calls" {
  name = "calls"
  role = aws_iam_role.train_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "ValidateDataInvokeFunction"
        Effect   = "Allow"
        Action   = "lambda:InvokeFunction"
        Resource = aws_lambda_function.validate.arn
      },
      {
        Sid      = "LogMetricsInvokeFunction"
        Effect   = "Allow"
        Action   = "lambda:InvokeFunction"
        Resource = aws_lambda_function.log_metrics.arn
      },
      {
        Sid    = "StateMachineCreateLogDelivery"
        Effect = "Allow"
        Action = [
          "logs:CreateLogDelivery",
          "logs:DeleteLogDelivery",
          "logs:DescribeLogGroups",
          "logs:DescribeResourcePolicies",
          "logs:GetLogDelivery",
          "logs:ListLogDeliveries",
          "logs:PutResourcePolicy",
          "logs:UpdateLogDelivery",
          "xray:GetSamplingRules",
          "xray:GetSamplingTargets",
          "xray:PutTelemetryRecords",
          "xray:PutTraceSegments",
        ]
        Resource = "*"
      },
    ]
  })
}

resource "aws_sfn_state_machine" "train" {
  name     = "ml-train-pipeline"
  role_arn = aws_iam_role.train_role.arn
  definition = templatefile("${path.module}/statemachines/train.asl.json", {
    validate_arn    = trimsuffix(trimprefix(jsonencode(aws_lambda_function.validate.arn), "\""), "\"")
    log_metrics_arn = trimsuffix(trimprefix(jsonencode(aws_lambda_function.log_metrics.arn), "\""), "\"")
  })

  logging_configuration {
    level                  = "ALL"
    include_execution_data = false
    log_destination        = "${aws_cloudwatch_log_group.train_logs.arn}:*"
  }

  tracing_configuration {
    enabled = true
  }

  depends_on = [aws_iam_role_policy.train_calls]
}
