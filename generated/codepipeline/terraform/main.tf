# Generated from codepipeline.mlops by mlopsc: change the spec, not this file.

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

data "aws_partition" "current" {}
