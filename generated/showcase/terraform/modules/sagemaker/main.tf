# Generated from showcase.mlops by mlopsc: change the spec, not this file.

resource "aws_sagemaker_model_package_group" "models" {
  model_package_group_name        = "mlops-showcase-models"
  model_package_group_description = "Customers who leave"
}
