resource "aws_lambda_function" "clean" {
  function_name = "house-clean"
  role          = aws_iam_role.lambda.arn
  runtime       = "python3.12"
  handler       = "clean.handle"
  filename      = data.archive_file.clean.output_path
}

data "archive_file" "clean" {
  type        = "zip"
  source_dir  = "${path.module}/../lambda"
  output_path = "${path.module}/clean.zip"
}

resource "aws_lambda_function" "score" {
  function_name = "house-score"
  role          = aws_iam_role.lambda.arn
  runtime       = "python3.12"
  handler       = "scores.handler"
  filename      = data.archive_file.clean.output_path
}

resource "aws_iam_role" "lambda" {
  name               = "house-lambda"
  assume_role_policy = "{}"
}

resource "aws_dynamodb_table" "configs" {
  name         = "house-configs"
  hash_key     = "name"
  billing_mode = "PAY_PER_REQUEST"

  attribute {
    name = "name"
    type = "S"
  }
}

resource "aws_dynamodb_table_item" "configs" {
  for_each   = fileset("${path.module}/../dynamodb_items", "*.json")
  table_name = aws_dynamodb_table.configs.name
  hash_key   = aws_dynamodb_table.configs.hash_key
  item       = file("${path.module}/../dynamodb_items/${each.value}")
}

resource "aws_sfn_state_machine" "train" {
  name     = "house-train"
  role_arn = aws_iam_role.train.arn
  definition = templatefile("${path.module}/statemachines/train.asl.json", {
    clean_arn = aws_lambda_function.clean.arn
    tpoic_arn = aws_sns_topic.done.arn
    region    = "us-east-1"
  })
}

resource "aws_sns_topic" "done" {
  name = "house-done"
}

resource "aws_iam_role" "train" {
  name               = "house-train"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "train" {
  role = aws_iam_role.train.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["lambda:InvokeFunction"], Resource = "*" },
      { Effect = "Allow", Action = ["dynamodb:GetItem", "dynamodb:PutItem"], Resource = "*" },
    ]
  })
}

resource "aws_codebuild_project" "build" {
  name         = "house-build"
  service_role = aws_iam_role.train.arn

  artifacts {
    type = "NO_ARTIFACTS"
  }

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }

  source {
    type      = "CODECOMMIT"
    location  = "https://example.com/house"
    buildspec = "ci/buildspecs.yml"
  }
}
