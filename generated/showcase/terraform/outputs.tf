# Generated from showcase.mlops by mlopsc: change the spec, not this file.

output "endpoint" {
  description = "The endpoint, once a model is deployed"
  value       = "mlops-showcase-predictor"
}

output "bucket" {
  description = "Data, models, requests and reports"
  value       = module.s3.data_id
}

output "registry" {
  description = "The model package group"
  value       = module.sagemaker.models_model_package_group_name
}

output "dashboard" {
  description = "The dashboard in CloudWatch"
  value       = module.monitoring.health_dashboard_name
}

output "reports" {
  description = "Where the reports on drift go"
  value       = "s3://${split("/", replace("s3://${module.s3.data_id}/baseline.csv", "s3://", ""))[0]}/drift/drift/"
}
