# Generated from showcase.mlops by mlopsc: change the spec, not this file.

output "prepare_role_arn" {
  description = "aws_iam_role.prepare_role.arn"
  value       = aws_iam_role.prepare_role.arn
}

output "prepare_permissions_id" {
  description = "aws_iam_role_policy.prepare_permissions.id"
  value       = aws_iam_role_policy.prepare_permissions.id
}

output "smoke_role_arn" {
  description = "aws_iam_role.smoke_role.arn"
  value       = aws_iam_role.smoke_role.arn
}

output "smoke_permissions_id" {
  description = "aws_iam_role_policy.smoke_permissions.id"
  value       = aws_iam_role_policy.smoke_permissions.id
}

output "drift_run_role_arn" {
  description = "aws_iam_role.drift_run_role.arn"
  value       = aws_iam_role.drift_run_role.arn
}

output "drift_run_permissions_id" {
  description = "aws_iam_role_policy.drift_run_permissions.id"
  value       = aws_iam_role_policy.drift_run_permissions.id
}

output "train_role_id" {
  description = "aws_iam_role.train_role.id"
  value       = aws_iam_role.train_role.id
}

output "trainer_arn" {
  description = "aws_iam_role.trainer.arn"
  value       = aws_iam_role.trainer.arn
}

output "predictor_role_arn" {
  description = "aws_iam_role.predictor_role.arn"
  value       = aws_iam_role.predictor_role.arn
}

output "train_role_arn" {
  description = "aws_iam_role.train_role.arn"
  value       = aws_iam_role.train_role.arn
}

output "roll_back_role_id" {
  description = "aws_iam_role.roll_back_role.id"
  value       = aws_iam_role.roll_back_role.id
}

output "roll_back_role_arn" {
  description = "aws_iam_role.roll_back_role.arn"
  value       = aws_iam_role.roll_back_role.arn
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
