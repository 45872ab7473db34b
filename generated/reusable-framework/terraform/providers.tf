# Generated from reusable-framework.mlops by mlopsc: change the spec, not this file.

provider "aws" {
  region              = var.region
  allowed_account_ids = [var.account_id]

  default_tags {
    tags = {
      pipeline    = "ml-train-pipeline-common"
      environment = var.environment
    }
  }
}
