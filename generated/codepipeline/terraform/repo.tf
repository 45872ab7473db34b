# Generated from codepipeline.mlops by mlopsc: change the spec, not this file.

resource "aws_codecommit_repository" "source" {
  repository_name = "ml-infra-pipelines-source"
}
