# Generated from reusable-framework.mlops by mlopsc: change the spec, not this file.

resource "aws_cloudwatch_event_rule" "schedule1" {
  count               = (var.environment == "dev" ? true : var.environment == "uat") ? 1 : 0
  name                = "${var.prefix}-${var.environment}-ml-train-pipeline-common-schedule1"
  schedule_expression = "cron(0 14 ? * SAT *)"
}

resource "aws_cloudwatch_event_target" "schedule1_1_target" {
  count = (var.environment == "dev" ? true : var.environment == "uat") ? 1 : 0
  rule  = aws_cloudwatch_event_rule.schedule1[0].name
  arn   = aws_lambda_function.router.arn

  input_transformer {
    input_paths = {
      time = "$.time"
    }
    input_template = "{\"Records\":[{\"body\":{\"consumption_pipeline_name\":\"demo-dev-domain-cal-house-price\",\"dataset_date\":<time>,\"event_source\":\"event-bridge\"},\"eventSource\":\"event-bridge\"}]}"
  }
}
