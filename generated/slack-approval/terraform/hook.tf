# Generated from slack-approval.mlops by mlopsc: change the spec, not this file.

resource "aws_lambda_invocation" "models_first" {
  function_name = aws_lambda_function.models_first_run.function_name
  input = jsonencode({
    repository = aws_codecommit_repository.models.repository_name
    branch     = "main"
    files      = { for name in fileset("${path.module}/../seed_code", "**") : name => filebase64("${path.module}/../seed_code/${name}") }
  })
}

resource "aws_lambda_invocation" "serving_first" {
  function_name = aws_lambda_function.serving_first_run.function_name
  input = jsonencode({
    project = aws_codebuild_project.serving_project.name
    tag     = jsondecode(aws_lambda_invocation.models_first.result).commit
  })
  depends_on = [aws_ecr_repository_policy.serving_pull]
}
