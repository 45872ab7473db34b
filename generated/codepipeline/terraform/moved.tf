# Generated from codepipeline.mlops by mlopsc: change the spec, not this file.

moved {
  from = aws_cloudwatch_event_target.train_on_push_target
  to   = aws_cloudwatch_event_target.train_on_push_begins
}
