# Generated from showcase.mlops by mlopsc: change the spec, not this file.

variable "data_capture_sampling_percentage" {
  description = "The share of requests that is kept for drift detection"
  type        = number
}

variable "serverless_memory_size" {
  description = "Memory of the endpoint in MB, 1024 to 6144"
  type        = number
}

variable "serverless_max_concurrency" {
  description = "Requests that the endpoint serves at a time"
  type        = number
}

variable "train_role_id" {
  description = "aws_iam_role.train_role.id of module iam"
  type        = string
}

variable "prepare_arn" {
  description = "aws_lambda_function.prepare.arn of module lambda"
  type        = string
}

variable "trainer_arn" {
  description = "aws_iam_role.trainer.arn of module iam"
  type        = string
}

variable "models_model_package_group_name" {
  description = "aws_sagemaker_model_package_group.models.model_package_group_name of module sagemaker"
  type        = string
}

variable "data_id" {
  description = "aws_s3_bucket.data.id of module s3"
  type        = string
}

variable "predictor_role_arn" {
  description = "aws_iam_role.predictor_role.arn of module iam"
  type        = string
}

variable "smoke_arn" {
  description = "aws_lambda_function.smoke.arn of module lambda"
  type        = string
}

variable "train_role_arn" {
  description = "aws_iam_role.train_role.arn of module iam"
  type        = string
}

variable "train_logs_arn" {
  description = "aws_cloudwatch_log_group.train_logs.arn of module logs"
  type        = string
}

variable "roll_back_role_id" {
  description = "aws_iam_role.roll_back_role.id of module iam"
  type        = string
}

variable "roll_back_role_arn" {
  description = "aws_iam_role.roll_back_role.arn of module iam"
  type        = string
}

variable "roll_back_logs_arn" {
  description = "aws_cloudwatch_log_group.roll_back_logs.arn of module logs"
  type        = string
}

variable "clean_up_role_arn" {
  description = "aws_iam_role.clean_up_role.arn of module iam"
  type        = string
}

variable "clean_up_logs_arn" {
  description = "aws_cloudwatch_log_group.clean_up_logs.arn of module logs"
  type        = string
}

variable "clean_up_calls_id" {
  description = "aws_iam_role_policy.clean_up_calls.id of module iam"
  type        = string
}

variable "github_roles_run_id" {
  description = "aws_iam_role.github_roles_run.id of module iam"
  type        = string
}

variable "drift_run_arn" {
  description = "aws_lambda_function.drift_run.arn of module lambda"
  type        = string
}
