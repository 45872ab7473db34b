# Generated from slack-approval.mlops by mlopsc: change the spec, not this file.

resource "aws_ecr_repository" "serving" {
  name                 = "mlops-release-serving"
  force_delete         = false
  image_tag_mutability = "IMMUTABLE_WITH_EXCLUSION"

  image_tag_mutability_exclusion_filter {
    filter      = "latest"
    filter_type = "WILDCARD"
  }

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = "KMS"
  }
}

resource "aws_ecr_lifecycle_policy" "serving_lifecycle" {
  repository = aws_ecr_repository.serving.name
  policy = jsonencode({
    rules = [
      {
        rulePriority = 1
        description  = "what has lost its tag"
        action = {
          type = "expire"
        }
        selection = {
          tagStatus   = "untagged"
          countType   = "sinceImagePushed"
          countUnit   = "days"
          countNumber = 7
        }
      },
      {
        rulePriority = 2
        description  = "the oldest"
        action = {
          type = "expire"
        }
        selection = {
          tagStatus   = "any"
          countType   = "imageCountMoreThan"
          countNumber = 100
        }
      },
    ]
  })
}

resource "aws_ecr_repository_policy" "serving_pull" {
  repository = aws_ecr_repository.serving.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "Functions"
        Effect = "Allow"
        Action = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
        Principal = {
          Service = "lambda.amazonaws.com"
        }
        Condition = {
          StringLike = {
            "aws:sourceArn" = [
              "arn:${data.aws_partition.current.partition}:lambda:eu-west-1:${data.aws_caller_identity.current.account_id}:function:*",
              "arn:${data.aws_partition.current.partition}:lambda:eu-west-1:${var.stage_account}:function:*",
              "arn:${data.aws_partition.current.partition}:lambda:eu-west-1:${var.prod_account}:function:*",
            ]
          }
        }
      },
      {
        Sid    = "OtherAccounts"
        Effect = "Allow"
        Action = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
        Principal = {
          AWS = [
            "arn:${data.aws_partition.current.partition}:iam::${var.stage_account}:root",
            "arn:${data.aws_partition.current.partition}:iam::${var.prod_account}:root",
          ]
        }
      },
    ]
  })
}
