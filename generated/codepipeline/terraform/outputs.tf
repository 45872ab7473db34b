# Generated from codepipeline.mlops by mlopsc: change the spec, not this file.

output "aws_codecommit_repository_source_clone_url_http" {
  description = "Read by commands"
  value       = aws_codecommit_repository.source.clone_url_http
}

output "aws_s3_bucket_store_id" {
  description = "Read by commands"
  value       = aws_s3_bucket.store.id
}

output "aws_api_gateway_stage_inference_live_invoke_url" {
  description = "Read by commands"
  value       = aws_api_gateway_stage.inference_live.invoke_url
}

output "aws_sfn_state_machine_training_run_arn" {
  description = "Read by commands"
  value       = aws_sfn_state_machine.training_run.arn
}
