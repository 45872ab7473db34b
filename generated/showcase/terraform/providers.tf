# Generated from showcase.mlops by mlopsc: change the spec, not this file.

provider "aws" {
  region = "us-east-1"

  default_tags {
    tags = {
      pipeline    = "mlops-showcase"
      cost_center = "mlops-demo"
    }
  }
}
