# Generated from slack-approval.mlops by mlopsc: change the spec, not this file.

resource "aws_iam_role" "releases_reader" {
  name = "mlops-release-releases-chat"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "chatbot.amazonaws.com"
      }
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = data.aws_caller_identity.current.account_id
        }
      }
    }]
  })
}

resource "aws_chatbot_slack_channel_configuration" "releases" {
  configuration_name          = "mlops-release-releases"
  iam_role_arn                = aws_iam_role.releases_reader.arn
  slack_team_id               = var.slack_workspace
  slack_channel_id            = var.slack_channel
  sns_topic_arns              = [aws_sns_topic.releases_news.arn]
  logging_level               = "ERROR"
  user_authorization_required = true
  guardrail_policy_arns       = ["arn:${data.aws_partition.current.partition}:iam::aws:policy/CloudWatchReadOnlyAccess"]
}

resource "aws_iam_role_policy" "releases_metrics" {
  name = "metrics"
  role = aws_iam_role.releases_reader.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["cloudwatch:GetMetricData", "cloudwatch:GetMetricStatistics"]
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "cloudwatch:DescribeAlarms"
        Resource = "arn:${data.aws_partition.current.partition}:cloudwatch:*:${data.aws_caller_identity.current.account_id}:alarm:*"
      },
    ]
  })
}

resource "aws_secretsmanager_secret" "releases_app" {
  name                    = "mlops-release-releases-slack-app"
  recovery_window_in_days = 7
  description             = "The Slack app that asks: {\"bot_token\": \"xoxb-…\", \"signing_secret\": \"…\"}; put in by a person"
}

resource "aws_dynamodb_table" "releases_requests" {
  name         = "mlops-release-releases-requests"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  ttl {
    attribute_name = "expires"
    enabled        = true
  }

  server_side_encryption {
    enabled = true
  }
}

resource "aws_cloudwatch_metric_alarm" "releases_unanswered" {
  alarm_name        = "mlops-release-releases-answers-fail"
  alarm_description = "Answers from Slack cannot be handled"
  namespace         = "AWS/Lambda"
  metric_name       = "Errors"
  dimensions = {
    FunctionName = aws_lambda_function.releases_answers.function_name
  }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.releases_news.arn]
}
