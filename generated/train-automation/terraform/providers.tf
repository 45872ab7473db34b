# Generated from train-automation.mlops by mlopsc: change the spec, not this file.

provider "aws" {
  region                      = "us-east-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
  s3_use_path_style           = true

  endpoints {
    iam    = var.localstack_endpoint
    lambda = var.localstack_endpoint
    logs   = var.localstack_endpoint
    sfn    = var.localstack_endpoint
    sts    = var.localstack_endpoint
  }

  default_tags {
    tags = {
      pipeline = "ml-train-pipeline"
    }
  }
}
