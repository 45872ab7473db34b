# Generated from reusable-framework.mlops by mlopsc: change the spec, not this file.

resource "aws_sns_topic" "success" {
  name              = "${var.prefix}-${var.environment}-ml-train-pipeline-common-success"
  kms_master_key_id = "alias/aws/sns"
}

resource "aws_sns_topic" "failure" {
  name              = "${var.prefix}-${var.environment}-ml-train-pipeline-common-failure"
  kms_master_key_id = "alias/aws/sns"
}
