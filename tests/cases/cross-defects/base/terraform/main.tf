terraform {
  required_version = ">= 1.5"
  required_providers {
    aws     = { source = "hashicorp/aws", version = "~> 6.0" }
    archive = { source = "hashicorp/archive", version = "~> 2.4" }
  }
}

resource "aws_dynamodb_table" "pipelines" {
  name         = "pipelines"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "name"
  attribute {
    name = "name"
    type = "S"
  }
}

resource "aws_dynamodb_table_item" "items" {
  for_each   = toset(["house.json"])
  table_name = aws_dynamodb_table.pipelines.name
  hash_key   = "name"
  item       = file("${path.module}/../dynamodb_items/${each.value}")
}

data "archive_file" "prepare" {
  type        = "zip"
  source_dir  = "${path.module}/../lambda"
  output_path = "${path.module}/prepare.zip"
}

resource "aws_lambda_function" "prepare" {
  function_name    = "prepare-data"
  role             = aws_iam_role.lambda.arn
  handler          = "prepare.handler"
  runtime          = "python3.12"
  filename         = data.archive_file.prepare.output_path
  source_code_hash = data.archive_file.prepare.output_base64sha256
}

resource "aws_iam_role" "lambda" {
  name = "prepare-data"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_sns_topic" "done" {
  name = "training-done"
}

resource "aws_sqs_queue" "jobs" {
  name = "training-jobs"
}

resource "aws_codebuild_project" "image" {
  name         = "training-image"
  service_role = aws_iam_role.lambda.arn
  artifacts { type = "NO_ARTIFACTS" }
  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }
  source {
    type      = "CODECOMMIT"
    location  = "https://git-codecommit.us-east-1.amazonaws.com/v1/repos/training"
    buildspec = "docker/buildspec.yml"
  }
}
