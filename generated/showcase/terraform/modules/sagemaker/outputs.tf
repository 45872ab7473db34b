# Generated from showcase.mlops by mlopsc: change the spec, not this file.

output "models_model_package_group_name" {
  description = "aws_sagemaker_model_package_group.models.model_package_group_name"
  value       = aws_sagemaker_model_package_group.models.model_package_group_name
}
