# Generated from reusable-framework.mlops by mlopsc: change the spec, not this file.

data "aws_s3_bucket" "artifacts" {
  bucket = var.bucket_name
}

resource "aws_s3_bucket_notification" "artifacts_notification" {
  bucket      = data.aws_s3_bucket.artifacts.id
  eventbridge = true
}

resource "aws_s3_object" "artifacts_uploaded" {
  for_each    = fileset("${path.module}/../sagemaker-artifacts", "**")
  bucket      = data.aws_s3_bucket.artifacts.id
  key         = "terraform-demo/sagemaker-artifacts/${each.value}"
  source      = "${path.module}/../sagemaker-artifacts/${each.value}"
  source_hash = filemd5("${path.module}/../sagemaker-artifacts/${each.value}")
}

resource "aws_cloudwatch_event_rule" "artifacts_created" {
  count = var.environment == "dev" ? 1 : 0
  name  = "${var.prefix}-${var.environment}-ml-train-pipeline-common-artifacts-created"
  event_pattern = jsonencode({
    source      = ["aws.s3"]
    detail-type = ["Object Created"]
    detail = {
      bucket = {
        name = [data.aws_s3_bucket.artifacts.id]
      }
      object = {
        key = [{
          prefix = "terraform-demo/stepfunc/input/"
        }]
      }
    }
  })
}

resource "aws_cloudwatch_event_target" "artifacts_created_1_target" {
  count = var.environment == "dev" ? 1 : 0
  rule  = aws_cloudwatch_event_rule.artifacts_created[0].name
  arn   = aws_lambda_function.router.arn

  input_transformer {
    input_paths = {
      time = "$.time"
    }
    input_template = "{\"Records\":[{\"body\":{\"consumption_pipeline_name\":\"demo-dev-domain-cal-house-price\",\"dataset_date\":<time>,\"event_source\":\"event-bridge\"},\"eventSource\":\"event-bridge\"}]}"
  }
}
