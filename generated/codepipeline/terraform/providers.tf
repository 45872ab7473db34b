# Generated from codepipeline.mlops by mlopsc: change the spec, not this file.

provider "aws" {
  region = "ap-southeast-1"

  default_tags {
    tags = {
      pipeline = "ml-infra-pipelines"
    }
  }
}
