# Generated from codepipeline.mlops by mlopsc: change the spec, not this file.

resource "aws_cloudwatch_log_group" "training_project_logs" {
  name              = "/aws/codebuild/ml-infra-pipelines-training"
  retention_in_days = 30
}

resource "aws_iam_role" "training_project_role" {
  name = "ml-infra-pipelines-training-build"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "codebuild.amazonaws.com"
      }
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = data.aws_caller_identity.current.account_id
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "training_project_permissions" {
  name = "permissions"
  role = aws_iam_role.training_project_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = [
          aws_cloudwatch_log_group.training_project_logs.arn,
          "${aws_cloudwatch_log_group.training_project_logs.arn}:*",
        ]
      },
      {
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:GetObjectVersion"]
        Resource = "${aws_s3_bucket.training_sources.arn}/${aws_s3_object.training_code.key}"
      },
      {
        Effect   = "Allow"
        Action   = "s3:GetBucketLocation"
        Resource = aws_s3_bucket.training_sources.arn
      },
      {
        Effect   = "Allow"
        Action   = "ecr:GetAuthorizationToken"
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Resource = aws_ecr_repository.training.arn
        Action = [
          "ecr:BatchCheckLayerAvailability",
          "ecr:BatchGetImage",
          "ecr:CompleteLayerUpload",
          "ecr:DescribeImages",
          "ecr:GetDownloadUrlForLayer",
          "ecr:InitiateLayerUpload",
          "ecr:PutImage",
          "ecr:UploadLayerPart",
        ]
      },
    ]
  })
}

resource "aws_codebuild_project" "training_project" {
  name          = "ml-infra-pipelines-training"
  service_role  = aws_iam_role.training_project_role.arn
  build_timeout = 30

  artifacts {
    type = "NO_ARTIFACTS"
  }

  cache {
    type  = "LOCAL"
    modes = ["LOCAL_DOCKER_LAYER_CACHE"]
  }

  environment {
    type            = "LINUX_CONTAINER"
    compute_type    = "BUILD_GENERAL1_SMALL"
    image           = "aws/codebuild/standard:7.0"
    privileged_mode = true

    environment_variable {
      name  = "IMAGE"
      value = aws_ecr_repository.training.repository_url
    }
  }

  source {
    type      = "S3"
    location  = "${aws_s3_object.training_code.bucket}/${aws_s3_object.training_code.key}"
    buildspec = file("${path.module}/../codebuild/training/buildspec.yml")
  }

  logs_config {
    cloudwatch_logs {
      group_name = aws_cloudwatch_log_group.training_project_logs.name
    }
  }

  depends_on = [aws_iam_role_policy.training_project_permissions]
}

resource "aws_cloudwatch_log_group" "serving_project_logs" {
  name              = "/aws/codebuild/ml-infra-pipelines-serving"
  retention_in_days = 30
}

resource "aws_iam_role" "serving_project_role" {
  name = "ml-infra-pipelines-serving-build"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "codebuild.amazonaws.com"
      }
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = data.aws_caller_identity.current.account_id
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "serving_project_permissions" {
  name = "permissions"
  role = aws_iam_role.serving_project_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = [
          aws_cloudwatch_log_group.serving_project_logs.arn,
          "${aws_cloudwatch_log_group.serving_project_logs.arn}:*",
        ]
      },
      {
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:GetObjectVersion"]
        Resource = "${aws_s3_bucket.serving_sources.arn}/${aws_s3_object.serving_code.key}"
      },
      {
        Effect   = "Allow"
        Action   = "s3:GetBucketLocation"
        Resource = aws_s3_bucket.serving_sources.arn
      },
      {
        Effect   = "Allow"
        Action   = "ecr:GetAuthorizationToken"
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Resource = aws_ecr_repository.serving.arn
        Action = [
          "ecr:BatchCheckLayerAvailability",
          "ecr:BatchGetImage",
          "ecr:CompleteLayerUpload",
          "ecr:DescribeImages",
          "ecr:GetDownloadUrlForLayer",
          "ecr:InitiateLayerUpload",
          "ecr:PutImage",
          "ecr:UploadLayerPart",
        ]
      },
    ]
  })
}

resource "aws_codebuild_project" "serving_project" {
  name          = "ml-infra-pipelines-serving"
  service_role  = aws_iam_role.serving_project_role.arn
  build_timeout = 30

  artifacts {
    type = "NO_ARTIFACTS"
  }

  cache {
    type  = "LOCAL"
    modes = ["LOCAL_DOCKER_LAYER_CACHE"]
  }

  environment {
    type            = "LINUX_CONTAINER"
    compute_type    = "BUILD_GENERAL1_SMALL"
    image           = "aws/codebuild/standard:7.0"
    privileged_mode = true

    environment_variable {
      name  = "IMAGE"
      value = aws_ecr_repository.serving.repository_url
    }
  }

  source {
    type      = "S3"
    location  = "${aws_s3_object.serving_code.bucket}/${aws_s3_object.serving_code.key}"
    buildspec = file("${path.module}/../codebuild/serving/buildspec.yml")
  }

  logs_config {
    cloudwatch_logs {
      group_name = aws_cloudwatch_log_group.serving_project_logs.name
    }
  }

  depends_on = [aws_iam_role_policy.serving_project_permissions]
}

resource "aws_cloudwatch_log_group" "train_logs" {
  name              = "/aws/codebuild/ml-infra-pipelines-train"
  retention_in_days = 30
}

resource "aws_iam_role" "train_role" {
  name = "ml-infra-pipelines-train-build"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "codebuild.amazonaws.com"
      }
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = data.aws_caller_identity.current.account_id
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "train_permissions" {
  name = "permissions"
  role = aws_iam_role.train_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = [aws_cloudwatch_log_group.train_logs.arn, "${aws_cloudwatch_log_group.train_logs.arn}:*"]
      },
      {
        Effect   = "Allow"
        Action   = "codecommit:GitPull"
        Resource = aws_codecommit_repository.source.arn
      },
      {
        Effect   = "Allow"
        Action   = "ecr:GetAuthorizationToken"
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Resource = aws_ecr_repository.training.arn
        Action = [
          "ecr:BatchCheckLayerAvailability",
          "ecr:BatchGetImage",
          "ecr:CompleteLayerUpload",
          "ecr:DescribeImages",
          "ecr:GetDownloadUrlForLayer",
          "ecr:InitiateLayerUpload",
          "ecr:PutImage",
          "ecr:UploadLayerPart",
        ]
      },
      {
        Effect   = "Allow"
        Action   = ["states:StartExecution"]
        Resource = [aws_sfn_state_machine.training_run.arn]
      },
    ]
  })
}

resource "aws_codebuild_project" "train" {
  name           = "ml-infra-pipelines-train"
  service_role   = aws_iam_role.train_role.arn
  build_timeout  = 30
  source_version = "refs/heads/main"

  artifacts {
    type = "NO_ARTIFACTS"
  }

  cache {
    type  = "LOCAL"
    modes = ["LOCAL_DOCKER_LAYER_CACHE"]
  }

  environment {
    type            = "LINUX_CONTAINER"
    compute_type    = "BUILD_GENERAL1_SMALL"
    image           = "aws/codebuild/standard:7.0"
    privileged_mode = true

    environment_variable {
      name  = "TRAINING_RUN"
      value = aws_sfn_state_machine.training_run.arn
    }

    environment_variable {
      name  = "IMAGE"
      value = aws_ecr_repository.training.repository_url
    }
  }

  source {
    type            = "CODECOMMIT"
    location        = aws_codecommit_repository.source.clone_url_http
    git_clone_depth = 1
    buildspec       = file("${path.module}/../train/buildspec.yml")
  }

  logs_config {
    cloudwatch_logs {
      group_name = aws_cloudwatch_log_group.train_logs.name
    }
  }

  depends_on = [aws_iam_role_policy.train_permissions]
}
