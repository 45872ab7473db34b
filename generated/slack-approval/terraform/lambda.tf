# Generated from slack-approval.mlops by mlopsc: change the spec, not this file.

resource "aws_cloudwatch_log_group" "inference_stage_logs" {
  provider          = aws.stage
  name              = "/aws/lambda/mlops-release-inference"
  retention_in_days = 30
}

resource "aws_iam_role" "inference_stage_role" {
  provider = aws.stage
  name     = "mlops-release-inference-lambda"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "lambda.amazonaws.com"
      }
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = var.stage_account
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "inference_stage_permissions" {
  provider = aws.stage
  name     = "permissions"
  role     = aws_iam_role.inference_stage_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.inference_stage_logs.arn}:*"
    }]
  })
}

resource "aws_lambda_function" "inference_stage" {
  provider      = aws.stage
  function_name = "mlops-release-inference"
  role          = aws_iam_role.inference_stage_role.arn
  package_type  = "Image"
  image_uri     = "${aws_ecr_repository.serving.repository_url}:${jsondecode(aws_lambda_invocation.serving_first.input).tag}"
  memory_size   = 512
  timeout       = 30
  publish       = true

  lifecycle {
    ignore_changes = [image_uri]
  }

  depends_on = [aws_cloudwatch_log_group.inference_stage_logs, aws_iam_role_policy.inference_stage_permissions]
}

resource "aws_lambda_alias" "inference_stage_current" {
  provider         = aws.stage
  name             = "live"
  function_name    = aws_lambda_function.inference_stage.function_name
  function_version = aws_lambda_function.inference_stage.version

  lifecycle {
    ignore_changes = [function_version]
  }
}

resource "aws_lambda_function_url" "inference_stage_address" {
  provider           = aws.stage
  function_name      = aws_lambda_function.inference_stage.function_name
  qualifier          = "live"
  authorization_type = "AWS_IAM"
}

resource "aws_cloudwatch_log_group" "inference_prod_logs" {
  provider          = aws.prod
  name              = "/aws/lambda/mlops-release-inference"
  retention_in_days = 30
}

resource "aws_iam_role" "inference_prod_role" {
  provider = aws.prod
  name     = "mlops-release-inference-lambda"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "lambda.amazonaws.com"
      }
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = var.prod_account
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "inference_prod_permissions" {
  provider = aws.prod
  name     = "permissions"
  role     = aws_iam_role.inference_prod_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.inference_prod_logs.arn}:*"
    }]
  })
}

resource "aws_lambda_function" "inference_prod" {
  provider      = aws.prod
  function_name = "mlops-release-inference"
  role          = aws_iam_role.inference_prod_role.arn
  package_type  = "Image"
  image_uri     = "${aws_ecr_repository.serving.repository_url}:${jsondecode(aws_lambda_invocation.serving_first.input).tag}"
  memory_size   = 512
  timeout       = 30
  publish       = true

  lifecycle {
    ignore_changes = [image_uri]
  }

  depends_on = [aws_cloudwatch_log_group.inference_prod_logs, aws_iam_role_policy.inference_prod_permissions]
}

resource "aws_lambda_alias" "inference_prod_current" {
  provider         = aws.prod
  name             = "live"
  function_name    = aws_lambda_function.inference_prod.function_name
  function_version = aws_lambda_function.inference_prod.version

  lifecycle {
    ignore_changes = [function_version]
  }
}

resource "aws_lambda_function_url" "inference_prod_address" {
  provider           = aws.prod
  function_name      = aws_lambda_function.inference_prod.function_name
  qualifier          = "live"
  authorization_type = "AWS_IAM"
}

data "archive_file" "deploy_zip" {
  type        = "zip"
  source_file = "${path.module}/../lambda/deploy.py"
  output_path = "${path.module}/build/deploy.zip"
}

resource "aws_cloudwatch_log_group" "deploy_logs" {
  name              = "/aws/lambda/mlops-release-deploy"
  retention_in_days = 30
}

resource "aws_iam_role" "deploy_role" {
  name = "mlops-release-deploy-lambda"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "lambda.amazonaws.com"
      }
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = data.aws_caller_identity.current.account_id
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "deploy_permissions" {
  name = "permissions"
  role = aws_iam_role.deploy_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.deploy_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Resource = "*"
        Action = [
          "ec2:CreateNetworkInterface",
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeSubnets",
          "ec2:DeleteNetworkInterface",
          "ec2:AssignPrivateIpAddresses",
          "ec2:UnassignPrivateIpAddresses",
        ]
      },
      {
        Effect   = "Allow"
        Action   = ["ecs:DescribeServices"]
        Resource = [aws_ecs_service.mlflow_tasks.id]
      },
      {
        Effect   = "Allow"
        Action   = "sts:AssumeRole"
        Resource = "arn:${data.aws_partition.current.partition}:iam::${var.stage_account}:role/mlops-release-deploy-access"
      },
      {
        Effect   = "Allow"
        Action   = "sts:AssumeRole"
        Resource = "arn:${data.aws_partition.current.partition}:iam::${var.prod_account}:role/mlops-release-deploy-access"
      },
    ]
  })
}

resource "aws_lambda_function" "deploy" {
  function_name    = "mlops-release-deploy"
  role             = aws_iam_role.deploy_role.arn
  runtime          = "python3.12"
  handler          = "deploy.handler"
  filename         = data.archive_file.deploy_zip.output_path
  source_code_hash = data.archive_file.deploy_zip.output_base64sha256
  memory_size      = 256
  timeout          = 600

  environment {
    variables = {
      MLFLOW      = "http://${aws_lb.mlflow.dns_name}"
      INFERENCE   = "mlops-release-inference"
      ACCESS_ROLE = "mlops-release-deploy-access"
    }
  }

  vpc_config {
    subnet_ids         = [aws_subnet.tracking_own_private_a.id, aws_subnet.tracking_own_private_b.id]
    security_group_ids = [aws_security_group.tracking_own_inside.id]
  }

  depends_on = [aws_cloudwatch_log_group.deploy_logs, aws_iam_role_policy.deploy_permissions]
}

data "archive_file" "releases_answers_zip" {
  type        = "zip"
  source_file = "${path.module}/../lambda/slack_answer.py"
  output_path = "${path.module}/build/releases_answers.zip"
}

resource "aws_cloudwatch_log_group" "releases_answers_logs" {
  name              = "/aws/lambda/mlops-release-releases-answers"
  retention_in_days = 30
}

resource "aws_iam_role" "releases_answers_role" {
  name = "mlops-release-releases-answers-lambda"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "lambda.amazonaws.com"
      }
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = data.aws_caller_identity.current.account_id
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "releases_answers_permissions" {
  name = "permissions"
  role = aws_iam_role.releases_answers_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.releases_answers_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = aws_secretsmanager_secret.releases_app.arn
      },
      {
        Effect   = "Allow"
        Action   = "dynamodb:UpdateItem"
        Resource = aws_dynamodb_table.releases_requests.arn
      },
      {
        Effect   = "Allow"
        Action   = ["states:SendTaskSuccess", "states:SendTaskFailure"]
        Resource = "*"
      },
    ]
  })
}

resource "aws_lambda_function" "releases_answers" {
  function_name    = "mlops-release-releases-answers"
  role             = aws_iam_role.releases_answers_role.arn
  runtime          = "python3.12"
  handler          = "slack_answer.handler"
  filename         = data.archive_file.releases_answers_zip.output_path
  source_code_hash = data.archive_file.releases_answers_zip.output_base64sha256
  memory_size      = 256
  timeout          = 10

  environment {
    variables = {
      CHANNEL   = var.slack_channel
      SECRET    = aws_secretsmanager_secret.releases_app.arn
      REQUESTS  = aws_dynamodb_table.releases_requests.name
      APPROVERS = ""
    }
  }

  depends_on = [aws_cloudwatch_log_group.releases_answers_logs, aws_iam_role_policy.releases_answers_permissions]
}

data "archive_file" "releases_sender_zip" {
  type        = "zip"
  source_file = "${path.module}/../lambda/slack_ask.py"
  output_path = "${path.module}/build/releases_sender.zip"
}

resource "aws_cloudwatch_log_group" "releases_sender_logs" {
  name              = "/aws/lambda/mlops-release-releases-sender"
  retention_in_days = 30
}

resource "aws_iam_role" "releases_sender_role" {
  name = "mlops-release-releases-sender-lambda"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "lambda.amazonaws.com"
      }
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = data.aws_caller_identity.current.account_id
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "releases_sender_permissions" {
  name = "permissions"
  role = aws_iam_role.releases_sender_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.releases_sender_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = "secretsmanager:GetSecretValue"
        Resource = aws_secretsmanager_secret.releases_app.arn
      },
      {
        Effect   = "Allow"
        Action   = "dynamodb:PutItem"
        Resource = aws_dynamodb_table.releases_requests.arn
      },
    ]
  })
}

resource "aws_lambda_function" "releases_sender" {
  function_name    = "mlops-release-releases-sender"
  role             = aws_iam_role.releases_sender_role.arn
  runtime          = "python3.12"
  handler          = "slack_ask.handler"
  filename         = data.archive_file.releases_sender_zip.output_path
  source_code_hash = data.archive_file.releases_sender_zip.output_base64sha256
  memory_size      = 128
  timeout          = 30

  environment {
    variables = {
      CHANNEL  = var.slack_channel
      SECRET   = aws_secretsmanager_secret.releases_app.arn
      REQUESTS = aws_dynamodb_table.releases_requests.name
    }
  }

  depends_on = [aws_cloudwatch_log_group.releases_sender_logs, aws_iam_role_policy.releases_sender_permissions]
}

data "archive_file" "models_first_run_zip" {
  type        = "zip"
  source_file = "${path.module}/../lambda/seed_repository.py"
  output_path = "${path.module}/build/models_first_run.zip"
}

resource "aws_cloudwatch_log_group" "models_first_run_logs" {
  name              = "/aws/lambda/mlops-release-models-first-run"
  retention_in_days = 30
}

resource "aws_iam_role" "models_first_run_role" {
  name = "mlops-release-models-first-run-lambda"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "lambda.amazonaws.com"
      }
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = data.aws_caller_identity.current.account_id
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "models_first_run_permissions" {
  name = "permissions"
  role = aws_iam_role.models_first_run_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.models_first_run_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = ["codecommit:CreateCommit", "codecommit:GetBranch"]
        Resource = aws_codecommit_repository.models.arn
      },
    ]
  })
}

resource "aws_lambda_function" "models_first_run" {
  function_name    = "mlops-release-models-first-run"
  role             = aws_iam_role.models_first_run_role.arn
  runtime          = "python3.12"
  handler          = "seed_repository.handler"
  filename         = data.archive_file.models_first_run_zip.output_path
  source_code_hash = data.archive_file.models_first_run_zip.output_base64sha256
  memory_size      = 256
  timeout          = 900
  depends_on       = [aws_cloudwatch_log_group.models_first_run_logs, aws_iam_role_policy.models_first_run_permissions]
}

data "archive_file" "serving_first_run_zip" {
  type        = "zip"
  source_file = "${path.module}/../lambda/build_image.py"
  output_path = "${path.module}/build/serving_first_run.zip"
}

resource "aws_cloudwatch_log_group" "serving_first_run_logs" {
  name              = "/aws/lambda/mlops-release-serving-first-run"
  retention_in_days = 30
}

resource "aws_iam_role" "serving_first_run_role" {
  name = "mlops-release-serving-first-run-lambda"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "lambda.amazonaws.com"
      }
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = data.aws_caller_identity.current.account_id
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "serving_first_run_permissions" {
  name = "permissions"
  role = aws_iam_role.serving_first_run_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.serving_first_run_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = ["codebuild:StartBuild", "codebuild:BatchGetBuilds"]
        Resource = [aws_codebuild_project.serving_project.arn]
      },
    ]
  })
}

resource "aws_lambda_function" "serving_first_run" {
  function_name    = "mlops-release-serving-first-run"
  role             = aws_iam_role.serving_first_run_role.arn
  runtime          = "python3.12"
  handler          = "build_image.handler"
  filename         = data.archive_file.serving_first_run_zip.output_path
  source_code_hash = data.archive_file.serving_first_run_zip.output_base64sha256
  memory_size      = 256
  timeout          = 900

  environment {
    variables = {
      PROJECT = aws_codebuild_project.serving_project.name
    }
  }

  depends_on = [aws_cloudwatch_log_group.serving_first_run_logs, aws_iam_role_policy.serving_first_run_permissions]
}
