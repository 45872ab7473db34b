# Generated from codepipeline.mlops by mlopsc: change the spec, not this file.

resource "aws_kms_key" "alerts_own" {
  description         = "Messages of the topic ml-infra-pipelines-alerts"
  enable_key_rotation = true
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Administration"
        Effect   = "Allow"
        Resource = "*"
        Principal = {
          AWS = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root"
        }
        Action = [
          "kms:CancelKeyDeletion",
          "kms:CreateAlias",
          "kms:Decrypt",
          "kms:DeleteAlias",
          "kms:DescribeKey",
          "kms:DisableKey",
          "kms:DisableKeyRotation",
          "kms:EnableKey",
          "kms:EnableKeyRotation",
          "kms:Encrypt",
          "kms:GenerateDataKey",
          "kms:GetKeyPolicy",
          "kms:GetKeyRotationStatus",
          "kms:ListAliases",
          "kms:ListGrants",
          "kms:ListKeyPolicies",
          "kms:ListResourceTags",
          "kms:PutKeyPolicy",
          "kms:ReEncryptFrom",
          "kms:ReEncryptTo",
          "kms:ScheduleKeyDeletion",
          "kms:TagResource",
          "kms:UntagResource",
          "kms:UpdateAlias",
          "kms:UpdateKeyDescription",
        ]
      },
      {
        Effect   = "Allow"
        Resource = "*"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Principal = {
          Service = "events.amazonaws.com"
        }
        Condition = {
          StringEquals = {
            "kms:EncryptionContext:aws:sns:topicArn" = "arn:${data.aws_partition.current.partition}:sns:ap-southeast-1:${data.aws_caller_identity.current.account_id}:ml-infra-pipelines-alerts"
          }
        }
      },
      {
        Effect   = "Allow"
        Resource = "*"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Principal = {
          Service = "cloudwatch.amazonaws.com"
        }
        Condition = {
          StringEquals = {
            "kms:EncryptionContext:aws:sns:topicArn" = "arn:${data.aws_partition.current.partition}:sns:ap-southeast-1:${data.aws_caller_identity.current.account_id}:ml-infra-pipelines-alerts"
          }
        }
      },
    ]
  })
}

resource "aws_sns_topic" "alerts" {
  name              = "ml-infra-pipelines-alerts"
  kms_master_key_id = aws_kms_key.alerts_own.arn
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
          Service = "events.amazonaws.com"
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
    ]
  })
}

resource "aws_sns_topic_subscription" "alerts_mail" {
  count     = var.alert_email != "" ? 1 : 0
  topic_arn = aws_sns_topic.alerts.arn
  protocol  = "email"
  endpoint  = var.alert_email
}
