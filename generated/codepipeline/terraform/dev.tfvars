# Generated from codepipeline.mlops by mlopsc: change the spec, not this file.

environment = "dev"
