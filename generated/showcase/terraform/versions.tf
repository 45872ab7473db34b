# Generated from showcase.mlops by mlopsc: change the spec, not this file.

terraform {
  required_version = ">= 1.10"

  required_providers {
    archive = {
      source  = "hashicorp/archive"
      version = "~> 2.7"
    }
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.25"
    }
  }

  backend "s3" {
    bucket       = "acme-terraform-state"
    key          = "mlops-showcase.tfstate"
    region       = "us-east-1"
    use_lockfile = true
  }
}
