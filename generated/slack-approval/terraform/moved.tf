# Generated from slack-approval.mlops by mlopsc: change the spec, not this file.

moved {
  from = aws_lb_target_group.mlflow_tasks
  to   = aws_lb_target_group.mlflow_group
}
