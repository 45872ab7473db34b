# Generated from codepipeline.mlops by mlopsc: change the spec, not this file.

resource "aws_sagemaker_model_package_group" "iris" {
  model_package_group_name = "ml-infra-iris-predictor"
}

resource "aws_cloudwatch_event_rule" "iris_approved" {
  name = "ml-infra-pipelines-iris-approved"
  event_pattern = jsonencode({
    source      = ["aws.sagemaker"]
    detail-type = ["SageMaker Model Package State Change"]
    detail = {
      ModelPackageGroupName = [aws_sagemaker_model_package_group.iris.model_package_group_name]
      ModelApprovalStatus   = ["Approved"]
    }
  })
}

resource "aws_cloudwatch_event_target" "iris_approved_1_target" {
  rule = aws_cloudwatch_event_rule.iris_approved.name
  arn  = aws_lambda_function.deploy.arn

  input_transformer {
    input_paths = {
      detail_ModelPackageArn = "$.detail.ModelPackageArn"
    }
    input_template = "{\"package\":<detail_ModelPackageArn>}"
  }
}
