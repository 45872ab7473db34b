# Generated from slack-approval.mlops by mlopsc: change the spec, not this file.

resource "aws_cloudwatch_log_group" "serving_project_logs" {
  name              = "/aws/codebuild/mlops-release-serving"
  retention_in_days = 30
}

resource "aws_iam_role" "serving_project_role" {
  name = "mlops-release-serving-build"
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
        Action   = "codecommit:GitPull"
        Resource = aws_codecommit_repository.models.arn
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
  name           = "mlops-release-serving"
  service_role   = aws_iam_role.serving_project_role.arn
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
      name  = "IMAGE"
      value = aws_ecr_repository.serving.repository_url
    }
  }

  source {
    type            = "CODECOMMIT"
    location        = aws_codecommit_repository.models.clone_url_http
    git_clone_depth = 1
    buildspec       = file("${path.module}/../codebuild/serving/buildspec.yml")
  }

  logs_config {
    cloudwatch_logs {
      group_name = aws_cloudwatch_log_group.serving_project_logs.name
    }
  }

  depends_on = [aws_iam_role_policy.serving_project_permissions]
}
