# Generated from showcase.mlops by mlopsc: change the spec, not this file.

variable "data_arn" {
  description = "aws_s3_bucket.data.arn of module s3"
  type        = string
}

variable "prepare_logs_arn" {
  description = "aws_cloudwatch_log_group.prepare_logs.arn of module logs"
  type        = string
}

variable "smoke_logs_arn" {
  description = "aws_cloudwatch_log_group.smoke_logs.arn of module logs"
  type        = string
}

variable "drift_run_logs_arn" {
  description = "aws_cloudwatch_log_group.drift_run_logs.arn of module logs"
  type        = string
}

variable "data_id" {
  description = "aws_s3_bucket.data.id of module s3"
  type        = string
}

variable "predictor_logs_arn" {
  description = "aws_cloudwatch_log_group.predictor_logs.arn of module logs"
  type        = string
}

variable "models_model_package_group_name" {
  description = "aws_sagemaker_model_package_group.models.model_package_group_name of module sagemaker"
  type        = string
}
