# Generated from showcase.mlops by mlopsc: change the spec, not this file.

output "endpoint" {
  description = "The endpoint, once a model is deployed"
  value       = "mlops-showcase-predictor"
}

output "bucket" {
  description = "Data, models, requests and reports"
  value       = aws_s3_bucket.data.id
}

output "registry" {
  description = "The model package group"
  value       = aws_sagemaker_model_package_group.models.model_package_group_name
}

output "dashboard" {
  description = "The dashboard in CloudWatch"
  value       = aws_cloudwatch_dashboard.health.dashboard_name
}

output "reports" {
  description = "Where the reports on drift go"
  value       = "s3://${split("/", replace("s3://${aws_s3_bucket.data.id}/baseline.csv", "s3://", ""))[0]}/drift/drift/"
}
