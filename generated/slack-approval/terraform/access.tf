# Generated from slack-approval.mlops by mlopsc: change the spec, not this file.

resource "aws_iam_role" "deploy_stage_role_there" {
  provider = aws.stage
  name     = "mlops-release-deploy-access"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        AWS = aws_iam_role.deploy_role.arn
      }
    }]
  })
}

resource "aws_iam_role_policy" "deploy_stage_role_there_permissions" {
  provider = aws.stage
  name     = "permissions"
  role     = aws_iam_role.deploy_stage_role_there.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
        Resource = [aws_ecr_repository.serving.arn]
      },
      {
        Effect = "Allow"
        Action = [
          "lambda:UpdateFunctionCode",
          "lambda:GetFunction",
          "lambda:GetFunctionConfiguration",
          "lambda:PublishVersion",
          "lambda:GetAlias",
          "lambda:UpdateAlias",
          "lambda:InvokeFunction",
        ]
        Resource = [aws_lambda_function.inference_stage.arn, "${aws_lambda_function.inference_stage.arn}:*"]
      },
    ]
  })
}

resource "aws_iam_role" "deploy_prod_role_there" {
  provider = aws.prod
  name     = "mlops-release-deploy-access"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        AWS = aws_iam_role.deploy_role.arn
      }
    }]
  })
}

resource "aws_iam_role_policy" "deploy_prod_role_there_permissions" {
  provider = aws.prod
  name     = "permissions"
  role     = aws_iam_role.deploy_prod_role_there.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
        Resource = [aws_ecr_repository.serving.arn]
      },
      {
        Effect = "Allow"
        Action = [
          "lambda:UpdateFunctionCode",
          "lambda:GetFunction",
          "lambda:GetFunctionConfiguration",
          "lambda:PublishVersion",
          "lambda:GetAlias",
          "lambda:UpdateAlias",
          "lambda:InvokeFunction",
        ]
        Resource = [aws_lambda_function.inference_prod.arn, "${aws_lambda_function.inference_prod.arn}:*"]
      },
    ]
  })
}
