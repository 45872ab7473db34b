# Generated from slack-approval.mlops by mlopsc: change the spec, not this file.

output "aws_codecommit_repository_models_clone_url_http" {
  description = "Read by commands"
  value       = aws_codecommit_repository.models.clone_url_http
}

output "aws_s3_bucket_mlflow_artifacts_id" {
  description = "Read by commands"
  value       = aws_s3_bucket.mlflow_artifacts.id
}

output "aws_lb_mlflow_dns_name" {
  description = "Read by commands"
  value       = aws_lb.mlflow.dns_name
}

output "aws_api_gateway_stage_releases_callback_live_invoke_url" {
  description = "Read by commands"
  value       = aws_api_gateway_stage.releases_callback_live.invoke_url
}
