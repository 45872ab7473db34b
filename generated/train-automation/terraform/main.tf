# Generated from train-automation.mlops by mlopsc: change the spec, not this file.

data "aws_caller_identity" "current" {}
