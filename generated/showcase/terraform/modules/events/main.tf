# Generated from showcase.mlops by mlopsc: change the spec, not this file.

resource "aws_cloudwatch_event_rule" "drift_tick" {
  name                = "mlops-showcase-drift"
  schedule_expression = "rate(60 minutes)"
}

resource "aws_cloudwatch_event_target" "drift_tick_target" {
  rule = aws_cloudwatch_event_rule.drift_tick.name
  arn  = var.drift_run_arn
}

resource "aws_lambda_permission" "drift_tick_permission" {
  action        = "lambda:InvokeFunction"
  function_name = var.drift_run_function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.drift_tick.arn
}

resource "aws_cloudwatch_event_rule" "train_failed" {
  name = "mlops-showcase-train-failed"
  event_pattern = jsonencode({
    source      = ["aws.states"]
    detail-type = ["Step Functions Execution Status Change"]
    detail = {
      stateMachineArn = [var.train_arn]
      status          = ["FAILED", "TIMED_OUT", "ABORTED"]
    }
  })
}

resource "aws_cloudwatch_event_target" "train_failed_1_target" {
  rule = aws_cloudwatch_event_rule.train_failed.name
  arn  = var.alerts_arn
}
