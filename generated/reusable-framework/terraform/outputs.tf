# Generated from reusable-framework.mlops by mlopsc: change the spec, not this file.

output "train_state_machine_arn" {
  description = "The ARN of the state machine of flow train"
  value       = aws_sfn_state_machine.train.arn
}
