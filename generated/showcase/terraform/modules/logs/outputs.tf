# Generated from showcase.mlops by mlopsc: change the spec, not this file.

output "prepare_logs_arn" {
  description = "aws_cloudwatch_log_group.prepare_logs.arn"
  value       = aws_cloudwatch_log_group.prepare_logs.arn
}

output "prepare_logs_id" {
  description = "aws_cloudwatch_log_group.prepare_logs.id"
  value       = aws_cloudwatch_log_group.prepare_logs.id
}

output "smoke_logs_arn" {
  description = "aws_cloudwatch_log_group.smoke_logs.arn"
  value       = aws_cloudwatch_log_group.smoke_logs.arn
}

output "smoke_logs_id" {
  description = "aws_cloudwatch_log_group.smoke_logs.id"
  value       = aws_cloudwatch_log_group.smoke_logs.id
}

output "drift_run_logs_arn" {
  description = "aws_cloudwatch_log_group.drift_run_logs.arn"
  value       = aws_cloudwatch_log_group.drift_run_logs.arn
}

output "drift_run_logs_id" {
  description = "aws_cloudwatch_log_group.drift_run_logs.id"
  value       = aws_cloudwatch_log_group.drift_run_logs.id
}

output "predictor_logs_arn" {
  description = "aws_cloudwatch_log_group.predictor_logs.arn"
  value       = aws_cloudwatch_log_group.predictor_logs.arn
}

output "train_logs_arn" {
  description = "aws_cloudwatch_log_group.train_logs.arn"
  value       = aws_cloudwatch_log_group.train_logs.arn
}

output "roll_back_logs_arn" {
  description = "aws_cloudwatch_log_group.roll_back_logs.arn"
  value       = aws_cloudwatch_log_group.roll_back_logs.arn
}

output "clean_up_logs_arn" {
  description = "aws_cloudwatch_log_group.clean_up_logs.arn"
  value       = aws_cloudwatch_log_group.clean_up_logs.arn
}
