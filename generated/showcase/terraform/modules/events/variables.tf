# Generated from showcase.mlops by mlopsc: change the spec, not this file.

variable "drift_run_role_arn" {
  description = "aws_iam_role.drift_run_role.arn of module iam"
  type        = string
}

variable "drift_run_zip_output_path" {
  description = "data.archive_file.drift_run_zip.output_path of module lambda"
  type        = string
}

variable "drift_run_zip_output_base64sha256" {
  description = "data.archive_file.drift_run_zip.output_base64sha256 of module lambda"
  type        = string
}

variable "data_id" {
  description = "aws_s3_bucket.data.id of module s3"
  type        = string
}

variable "drift_run_logs_id" {
  description = "aws_cloudwatch_log_group.drift_run_logs.id of module logs"
  type        = string
}

variable "drift_run_permissions_id" {
  description = "aws_iam_role_policy.drift_run_permissions.id of module iam"
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

variable "github_roles_run_id" {
  description = "aws_iam_role.github_roles_run.id of module iam"
  type        = string
}

variable "smoke_arn" {
  description = "aws_lambda_function.smoke.arn of module iam"
  type        = string
}
