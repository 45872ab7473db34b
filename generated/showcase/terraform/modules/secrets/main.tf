# Generated from showcase.mlops by mlopsc: change the spec, not this file.

resource "aws_kms_key" "alerts_own" {
  description         = "Messages of the topic mlops-showcase-alerts"
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
          Service = "cloudwatch.amazonaws.com"
        }
        Condition = {
          StringEquals = {
            "kms:EncryptionContext:aws:sns:topicArn" = "arn:${data.aws_partition.current.partition}:sns:us-east-1:${data.aws_caller_identity.current.account_id}:mlops-showcase-alerts"
          }
        }
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
            "kms:EncryptionContext:aws:sns:topicArn" = "arn:${data.aws_partition.current.partition}:sns:us-east-1:${data.aws_caller_identity.current.account_id}:mlops-showcase-alerts"
          }
        }
      },
    ]
  })
}

data "aws_partition" "current" {}

data "aws_caller_identity" "current" {}
