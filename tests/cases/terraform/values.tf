# What the provider refuses although the schema takes it.

resource "aws_lambda_function" "v1" {
  function_name = "f"
  role          = "notanarn"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "x.zip"
  timeout       = 1000
  memory_size   = 64
}

resource "aws_cloudwatch_log_group" "v2" {
  name              = "x"
  retention_in_days = 31
}

resource "aws_sfn_state_machine" "v3" {
  name       = "s"
  role_arn   = "arn:aws:iam::123456789012:role/x"
  type       = "STANDRD"
  definition = "{"
}

resource "aws_lambda_function" "v4" {
  function_name = "f"
  role          = "arn:aws:iam::123456789012:role/x"
  handler       = "a.b"
  runtime       = "python3.99"
  filename      = "x.zip"
  s3_bucket     = "y"
}

resource "aws_lambda_function" "v5" {
  function_name = "f"
  role          = "arn:aws:iam::123456789012:role/x"
}

resource "aws_dynamodb_table" "v6" {
  name         = "t"
  billing_mode = "PAY_PER_REQEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "Z"
  }
}

resource "aws_dynamodb_table" "v7" {
  name         = "t"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "other"
    type = "S"
  }
}

resource "aws_iam_role" "v8" {
  name               = "r r"
  assume_role_policy = "{not json"
}

resource "aws_s3_bucket" "v9" {
  bucket        = "x"
  bucket_prefix = "y"
}

resource "aws_cloudwatch_event_rule" "v10" { name = "x" }

resource "aws_cloudwatch_event_rule" "v11" {
  name                = "x"
  schedule_expression = "rat(5 minutes)"
  state               = "ON"
}

resource "aws_codebuild_project" "v12" {
  name         = "p"
  service_role = "arn:aws:iam::123456789012:role/x"
  artifacts { type = "NONE" }
  environment {
    compute_type = "BUILD_GENERAL1_TINY"
    image        = "x"
    type         = "LINUX"
  }
  source { type = "GIT" }
}

resource "aws_iam_policy" "v13" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [] })
  name   = "p"
  path   = "nope"
}

data "aws_iam_policy_document" "v14" {
  statement {
    effect    = "Permit"
    actions   = ["s3:GetObject"]
    resources = ["*"]
  }
}

resource "aws_sqs_queue" "v15" {
  visibility_timeout_seconds = 50000
  delay_seconds              = -1
}

resource "aws_ecr_repository" "v16" {
  name                 = "Upper"
  image_tag_mutability = "MUT"
}

resource "aws_sagemaker_model" "v17" {
  execution_role_arn = "role"
}

resource "aws_scheduler_schedule" "v18" {
  schedule_expression = "rate(1 day)"
  flexible_time_window { mode = "ON" }
  target {
    arn      = "x"
    role_arn = "y"
  }
}

resource "aws_cloudwatch_metric_alarm" "v19" {
  alarm_name          = "a"
  comparison_operator = "GreaterThan"
  evaluation_periods  = 0
  metric_name         = "x"
  namespace           = "x"
  period              = 60
  statistic           = "Avg"
}

resource "aws_kms_key" "v20" { deletion_window_in_days = 5 }

resource "aws_sns_topic_subscription" "v21" {
  topic_arn = "arn:aws:sns:us-east-1:123456789012:x"
  protocol  = "mail"
  endpoint  = "a@b"
}

resource "aws_s3_bucket_versioning" "v22" {
  bucket = "b"
  versioning_configuration { status = "On" }
}

resource "aws_glue_job" "v23" {
  name     = "j"
  role_arn = "x"
  command { script_location = "s3://x" }
}

resource "aws_codepipeline" "v25" {
  name     = "p"
  role_arn = "arn:aws:iam::123456789012:role/x"
  artifact_store {
    location = "b"
    type     = "S4"
  }
  stage {
    name = "Source"
    action {
      name     = "a"
      category = "Sauce"
      owner    = "Aws"
      provider = "S3"
      version  = "1"
    }
  }
}
