# Generated from showcase.mlops by mlopsc: change the spec, not this file.

output "train_state_machine_arn" {
  description = "The ARN of the state machine of flow train"
  value       = aws_sfn_state_machine.train.arn
}

output "roll_back_state_machine_arn" {
  description = "The ARN of the state machine of flow roll_back"
  value       = aws_sfn_state_machine.roll_back.arn
}

output "clean_up_state_machine_arn" {
  description = "The ARN of the state machine of flow clean_up"
  value       = aws_sfn_state_machine.clean_up.arn
}

output "value_4" {
  description = "Read by commands"
  value       = split("/", replace("s3://${aws_s3_bucket.data.id}/baseline.csv", "s3://", ""))[0]
}
