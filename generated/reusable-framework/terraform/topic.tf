# Generated from reusable-framework.mlops by mlopsc: change the spec, not this file.

resource "aws_kms_key" "success_own" {
  description         = "Messages of the topic ${var.prefix}-${var.environment}-ml-train-pipeline-common-success"
  enable_key_rotation = true
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
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
    }]
  })
}

resource "aws_sns_topic" "success" {
  name              = "${var.prefix}-${var.environment}-ml-train-pipeline-common-success"
  kms_master_key_id = aws_kms_key.success_own.arn
}

resource "aws_sns_topic_policy" "success_policy" {
  arn = aws_sns_topic.success.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "Owner"
      Effect   = "Allow"
      Resource = aws_sns_topic.success.arn
      Action   = ["sns:GetTopicAttributes", "sns:Publish", "sns:Subscribe"]
      Principal = {
        AWS = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root"
      }
    }]
  })
}

resource "aws_kms_key" "failure_own" {
  description         = "Messages of the topic ${var.prefix}-${var.environment}-ml-train-pipeline-common-failure"
  enable_key_rotation = true
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
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
    }]
  })
}

resource "aws_sns_topic" "failure" {
  name              = "${var.prefix}-${var.environment}-ml-train-pipeline-common-failure"
  kms_master_key_id = aws_kms_key.failure_own.arn
}

resource "aws_sns_topic_policy" "failure_policy" {
  arn = aws_sns_topic.failure.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "Owner"
      Effect   = "Allow"
      Resource = aws_sns_topic.failure.arn
      Action   = ["sns:GetTopicAttributes", "sns:Publish", "sns:Subscribe"]
      Principal = {
        AWS = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root"
      }
    }]
  })
}
