# Generated from codepipeline.mlops by mlopsc: change the spec, not this file.

resource "aws_ecr_repository" "training" {
  name                 = "ml-infra-pipelines-training"
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

resource "aws_ecr_lifecycle_policy" "training_lifecycle" {
  repository = aws_ecr_repository.training.name
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

resource "aws_ecr_repository_policy" "training_pull" {
  repository = aws_ecr_repository.training.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid    = "Functions"
      Effect = "Allow"
      Action = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
      Principal = {
        Service = "lambda.amazonaws.com"
      }
      Condition = {
        StringLike = {
          "aws:sourceArn" = [
            "arn:${data.aws_partition.current.partition}:lambda:ap-southeast-1:${data.aws_caller_identity.current.account_id}:function:*",
          ]
        }
      }
    }]
  })
}

data "archive_file" "training_zip" {
  type             = "zip"
  source_dir       = "${path.module}/../train"
  output_path      = "${path.module}/build/training.zip"
  output_file_mode = "0755"
}

resource "aws_s3_object" "training_code" {
  bucket      = aws_s3_bucket.training_sources.id
  key         = "training.zip"
  source      = data.archive_file.training_zip.output_path
  source_hash = data.archive_file.training_zip.output_sha256
}

resource "aws_ecr_repository" "serving" {
  name                 = "ml-infra-pipelines-serving"
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
    Statement = [{
      Sid    = "Functions"
      Effect = "Allow"
      Action = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
      Principal = {
        Service = "lambda.amazonaws.com"
      }
      Condition = {
        StringLike = {
          "aws:sourceArn" = [
            "arn:${data.aws_partition.current.partition}:lambda:ap-southeast-1:${data.aws_caller_identity.current.account_id}:function:*",
          ]
        }
      }
    }]
  })
}

data "archive_file" "serving_zip" {
  type             = "zip"
  source_dir       = "${path.module}/../deploy"
  output_path      = "${path.module}/build/serving.zip"
  output_file_mode = "0755"
}

resource "aws_s3_object" "serving_code" {
  bucket      = aws_s3_bucket.serving_sources.id
  key         = "serving.zip"
  source      = data.archive_file.serving_zip.output_path
  source_hash = data.archive_file.serving_zip.output_sha256
}
