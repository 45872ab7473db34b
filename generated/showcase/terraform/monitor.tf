# Generated from showcase.mlops by mlopsc: change the spec, not this file.

resource "aws_cloudwatch_event_rule" "drift_tick" {
  name                = "mlops-showcase-drift"
  schedule_expression = "rate(60 minutes)"
}

resource "aws_cloudwatch_event_target" "drift_tick_target" {
  rule = aws_cloudwatch_event_rule.drift_tick.name
  arn  = aws_lambda_function.drift_run.arn
}

resource "aws_lambda_permission" "drift_tick_permission" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.drift_run.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.drift_tick.arn
}
