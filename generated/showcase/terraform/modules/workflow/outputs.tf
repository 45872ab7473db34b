# Generated from showcase.mlops by mlopsc: change the spec, not this file.

output "train_arn" {
  description = "aws_sfn_state_machine.train.arn"
  value       = aws_sfn_state_machine.train.arn
}
