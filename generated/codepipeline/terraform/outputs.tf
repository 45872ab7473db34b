# Generated from codepipeline.mlops by mlopsc: change the spec, not this file.

output "aws_s3_bucket_store_id" {
  description = "Read by commands"
  value       = aws_s3_bucket.store.id
}

output "aws_sfn_state_machine_training_run_arn" {
  description = "Read by commands"
  value       = aws_sfn_state_machine.training_run.arn
}
