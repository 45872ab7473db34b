# Generated from showcase.mlops by mlopsc: change the spec, not this file.

output "drift_run_arn" {
  description = "aws_lambda_function.drift_run.arn"
  value       = aws_lambda_function.drift_run.arn
}

output "drift_run_function_name" {
  description = "aws_lambda_function.drift_run.function_name"
  value       = aws_lambda_function.drift_run.function_name
}

output "prepare_arn" {
  description = "aws_lambda_function.prepare.arn"
  value       = aws_lambda_function.prepare.arn
}

output "smoke_arn" {
  description = "aws_lambda_function.smoke.arn"
  value       = aws_lambda_function.smoke.arn
}
