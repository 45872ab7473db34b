# Generated from codepipeline.mlops by mlopsc: change the spec, not this file.

resource "aws_lambda_invocation" "training_first" {
  function_name = aws_lambda_function.training_first_run.function_name
  input = jsonencode({
    project = aws_codebuild_project.training_project.name
    tag     = substr(data.archive_file.training_zip.output_sha256, 0, 16)
  })
  depends_on = [aws_ecr_repository_policy.training_pull]
}

resource "aws_lambda_invocation" "serving_first" {
  function_name = aws_lambda_function.serving_first_run.function_name
  input = jsonencode({
    project = aws_codebuild_project.serving_project.name
    tag     = substr(data.archive_file.serving_zip.output_sha256, 0, 16)
  })
  depends_on = [aws_ecr_repository_policy.serving_pull]
}
