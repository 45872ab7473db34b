# Generated from reusable-framework.mlops by mlopsc: change the spec, not this file.

provider "aws" {
  region = "us-east-1"

  default_tags {
    tags = {
      pipeline    = "ml-train-pipeline-common"
      environment = var.environment
    }
  }
}
