# Generated from reusable-framework.mlops by mlopsc: change the spec, not this file.

resource "aws_kms_key" "success_own" {
  description             = "Messages of ${var.prefix}-${var.environment}-ml-train-pipeline-common-success"
  enable_key_rotation     = true
  deletion_window_in_days = 7
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Account"
        Effect   = "Allow"
        Action   = "kms:*"
        Resource = "*"
        Principal = {
          AWS = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root"
        }
      },
      {
        Sid      = "Publishers"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey*"]
        Resource = "*"
        Principal = {
          AWS = "*"
        }
        Condition = {
          StringEquals = {
            "kms:ViaService"    = "sns.us-east-1.amazonaws.com"
            "kms:CallerAccount" = data.aws_caller_identity.current.account_id
          }
        }
      },
      {
        Sid      = "Alarms"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey*"]
        Resource = "*"
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
        Sid      = "Events"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey*"]
        Resource = "*"
        Principal = {
          Service = "events.amazonaws.com"
        }
      },
    ]
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
    Statement = [
      {
        Sid      = "Events"
        Effect   = "Allow"
        Action   = "sns:Publish"
        Resource = aws_sns_topic.success.arn
        Principal = {
          Service = "events.amazonaws.com"
        }
        Condition = {
          ArnLike = {
            "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:events:us-east-1:${data.aws_caller_identity.current.account_id}:rule/*"
          }
        }
      },
      {
        Sid      = "Alarms"
        Effect   = "Allow"
        Action   = "sns:Publish"
        Resource = aws_sns_topic.success.arn
        Principal = {
          Service = "cloudwatch.amazonaws.com"
        }
        Condition = {
          ArnLike = {
            "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:cloudwatch:us-east-1:${data.aws_caller_identity.current.account_id}:alarm:*"
          }
        }
      },
    ]
  })
}

resource "aws_kms_key" "failure_own" {
  description             = "Messages of ${var.prefix}-${var.environment}-ml-train-pipeline-common-failure"
  enable_key_rotation     = true
  deletion_window_in_days = 7
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Account"
        Effect   = "Allow"
        Action   = "kms:*"
        Resource = "*"
        Principal = {
          AWS = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root"
        }
      },
      {
        Sid      = "Publishers"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey*"]
        Resource = "*"
        Principal = {
          AWS = "*"
        }
        Condition = {
          StringEquals = {
            "kms:ViaService"    = "sns.us-east-1.amazonaws.com"
            "kms:CallerAccount" = data.aws_caller_identity.current.account_id
          }
        }
      },
      {
        Sid      = "Alarms"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey*"]
        Resource = "*"
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
        Sid      = "Events"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey*"]
        Resource = "*"
        Principal = {
          Service = "events.amazonaws.com"
        }
      },
    ]
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
    Statement = [
      {
        Sid      = "Events"
        Effect   = "Allow"
        Action   = "sns:Publish"
        Resource = aws_sns_topic.failure.arn
        Principal = {
          Service = "events.amazonaws.com"
        }
        Condition = {
          ArnLike = {
            "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:events:us-east-1:${data.aws_caller_identity.current.account_id}:rule/*"
          }
        }
      },
      {
        Sid      = "Alarms"
        Effect   = "Allow"
        Action   = "sns:Publish"
        Resource = aws_sns_topic.failure.arn
        Principal = {
          Service = "cloudwatch.amazonaws.com"
        }
        Condition = {
          ArnLike = {
            "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:cloudwatch:us-east-1:${data.aws_caller_identity.current.account_id}:alarm:*"
          }
        }
      },
    ]
  })
}
