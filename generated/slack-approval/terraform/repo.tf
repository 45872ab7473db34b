# Generated from slack-approval.mlops by mlopsc: change the spec, not this file.

resource "aws_codecommit_repository" "models" {
  repository_name = "mlops-release-models"
}

resource "aws_cloudwatch_event_rule" "models_push" {
  name = "mlops-release-models-push"
  event_pattern = jsonencode({
    source      = ["aws.codecommit"]
    detail-type = ["CodeCommit Repository State Change"]
    resources   = [aws_codecommit_repository.models.arn]
    detail = {
      event         = ["referenceCreated", "referenceUpdated"]
      referenceType = ["branch"]
      referenceName = ["main"]
    }
  })
}

resource "aws_cloudwatch_event_target" "models_push_1_target" {
  rule     = aws_cloudwatch_event_rule.models_push.name
  arn      = aws_sfn_state_machine.release.arn
  role_arn = aws_iam_role.release_push_role.arn

  input_transformer {
    input_paths = {
      detail_commitId = "$.detail.commitId"
    }
    input_template = "{\"commit\":<detail_commitId>}"
  }
}
