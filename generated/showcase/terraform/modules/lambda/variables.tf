# Generated from showcase.mlops by mlopsc: change the spec, not this file.

variable "prepare_role_arn" {
  description = "aws_iam_role.prepare_role.arn of module iam"
  type        = string
}

variable "data_id" {
  description = "aws_s3_bucket.data.id of module s3"
  type        = string
}

variable "prepare_logs_id" {
  description = "aws_cloudwatch_log_group.prepare_logs.id of module logs"
  type        = string
}

variable "prepare_permissions_id" {
  description = "aws_iam_role_policy.prepare_permissions.id of module iam"
  type        = string
}

variable "smoke_role_arn" {
  description = "aws_iam_role.smoke_role.arn of module iam"
  type        = string
}

variable "smoke_logs_id" {
  description = "aws_cloudwatch_log_group.smoke_logs.id of module logs"
  type        = string
}

variable "smoke_permissions_id" {
  description = "aws_iam_role_policy.smoke_permissions.id of module iam"
  type        = string
}

variable "drift_run_role_arn" {
  description = "aws_iam_role.drift_run_role.arn of module iam"
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
