# Generated from showcase.mlops by mlopsc: change the spec, not this file.

output "drift_run_role_arn" {
  description = "aws_iam_role.drift_run_role.arn"
  value       = aws_iam_role.drift_run_role.arn
}

output "drift_run_permissions_id" {
  description = "aws_iam_role_policy.drift_run_permissions.id"
  value       = aws_iam_role_policy.drift_run_permissions.id
}

output "train_role_arn" {
  description = "aws_iam_role.train_role.arn"
  value       = aws_iam_role.train_role.arn
}

output "prepare_arn" {
  description = "aws_lambda_function.prepare.arn"
  value       = aws_lambda_function.prepare.arn
}

output "trainer_arn" {
  description = "aws_iam_role.trainer.arn"
  value       = aws_iam_role.trainer.arn
}

output "predictor_role_arn" {
  description = "aws_iam_role.predictor_role.arn"
  value       = aws_iam_role.predictor_role.arn
}

output "smoke_arn" {
  description = "aws_lambda_function.smoke.arn"
  value       = aws_lambda_function.smoke.arn
}

output "train_calls_id" {
  description = "aws_iam_role_policy.train_calls.id"
  value       = aws_iam_role_policy.train_calls.id
}

output "roll_back_role_arn" {
  description = "aws_iam_role.roll_back_role.arn"
  value       = aws_iam_role.roll_back_role.arn
}

output "roll_back_calls_id" {
  description = "aws_iam_role_policy.roll_back_calls.id"
  value       = aws_iam_role_policy.roll_back_calls.id
}

output "clean_up_role_arn" {
  description = "aws_iam_role.clean_up_role.arn"
  value       = aws_iam_role.clean_up_role.arn
}

output "clean_up_calls_id" {
  description = "aws_iam_role_policy.clean_up_calls.id"
  value       = aws_iam_role_policy.clean_up_calls.id
}

output "github_roles_run_id" {
  description = "aws_iam_role.github_roles_run.id"
  value       = aws_iam_role.github_roles_run.id
}
