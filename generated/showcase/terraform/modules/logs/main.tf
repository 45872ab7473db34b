# Generated from showcase.mlops by mlopsc: change the spec, not this file.

resource "aws_cloudwatch_log_group" "prepare_logs" {
  name              = "/aws/lambda/mlops-showcase-prepare"
  retention_in_days = 30
}

resource "aws_cloudwatch_log_group" "smoke_logs" {
  name              = "/aws/lambda/mlops-showcase-smoke"
  retention_in_days = 30
}

resource "aws_cloudwatch_log_group" "drift_run_logs" {
  name              = "/aws/lambda/mlops-showcase-drift"
  retention_in_days = 30
}

resource "aws_cloudwatch_log_group" "predictor_logs" {
  name              = "/aws/sagemaker/Endpoints/mlops-showcase-predictor"
  retention_in_days = 30
}

resource "aws_cloudwatch_log_group" "train_logs" {
  name              = "/aws/vendedlogs/states/mlops-showcase-train"
  retention_in_days = 365
}

resource "aws_cloudwatch_log_group" "roll_back_logs" {
  name              = "/aws/vendedlogs/states/mlops-showcase-roll-back"
  retention_in_days = 365
}

resource "aws_cloudwatch_log_group" "clean_up_logs" {
  name              = "/aws/vendedlogs/states/mlops-showcase-clean-up"
  retention_in_days = 365
}
