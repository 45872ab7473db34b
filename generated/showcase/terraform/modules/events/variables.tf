# Generated from showcase.mlops by mlopsc: change the spec, not this file.

variable "drift_run_arn" {
  description = "aws_lambda_function.drift_run.arn of module lambda"
  type        = string
}

variable "drift_run_function_name" {
  description = "aws_lambda_function.drift_run.function_name of module lambda"
  type        = string
}

variable "train_arn" {
  description = "aws_sfn_state_machine.train.arn of module workflow"
  type        = string
}

variable "alerts_arn" {
  description = "aws_sns_topic.alerts.arn of module notifications"
  type        = string
}
