# Generated from showcase.mlops by mlopsc: change the spec, not this file.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.25"
    }
  }
}
