# Generated from showcase.mlops by mlopsc: change the spec, not this file.

resource "aws_sns_topic" "alerts" {
  name              = "mlops-showcase-alerts"
  kms_master_key_id = var.alerts_own_arn
}

resource "aws_sns_topic_policy" "alerts_policy" {
  arn = aws_sns_topic.alerts.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Owner"
        Effect   = "Allow"
        Resource = aws_sns_topic.alerts.arn
        Action   = ["sns:GetTopicAttributes", "sns:Publish", "sns:Subscribe"]
        Principal = {
          AWS = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root"
        }
      },
      {
        Effect   = "Allow"
        Resource = aws_sns_topic.alerts.arn
        Action   = "sns:Publish"
        Principal = {
          Service = "cloudwatch.amazonaws.com"
        }
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.current.account_id
          }
        }
      },
      {
        Effect   = "Allow"
        Resource = aws_sns_topic.alerts.arn
        Action   = "sns:Publish"
        Principal = {
          Service = "events.amazonaws.com"
        }
      },
    ]
  })
}

resource "aws_sns_topic_subscription" "alerts_mail" {
  count     = var.alert_email != "" ? 1 : 0
  topic_arn = aws_sns_topic.alerts.arn
  protocol  = "email"
  endpoint  = var.alert_email
}

data "aws_partition" "current" {}

data "aws_caller_identity" "current" {}
