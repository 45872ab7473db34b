# Generated from codepipeline.mlops by mlopsc: change the spec, not this file.

resource "aws_cloudwatch_log_group" "training_run_logs" {
  name              = "/aws/vendedlogs/states/ml-infra-pipelines"
  retention_in_days = 365
}

resource "aws_iam_role" "training_run_role" {
  name = "ml-infra-pipelines-states"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "states.amazonaws.com"
      }
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = data.aws_caller_identity.current.account_id
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "training_run_calls" {
  name = "calls"
  role = aws_iam_role.training_run_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "TrainJobCreateTrainingJob"
        Effect = "Allow"
        Action = [
          "sagemaker:AddTags",
          "sagemaker:CreateTrainingJob",
          "sagemaker:DescribeTrainingJob",
          "sagemaker:ListTags",
          "sagemaker:StopTrainingJob",
        ]
        Resource = "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:training-job/iris-*"
      },
      {
        Sid      = "TrainJobPutTargets"
        Effect   = "Allow"
        Action   = ["events:DescribeRule", "events:PutRule", "events:PutTargets"]
        Resource = "arn:${data.aws_partition.current.partition}:events:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:rule/StepFunctionsGetEventsForSageMakerTrainingJobsRule"
      },
      {
        Sid      = "TrainJobPassRole"
        Effect   = "Allow"
        Action   = "iam:PassRole"
        Resource = aws_iam_role.trainer.arn
        Condition = {
          StringEquals = {
            "iam:PassedToService" = "sagemaker.amazonaws.com"
          }
        }
      },
      {
        Sid      = "RegisterPackageCreateModelPackage"
        Effect   = "Allow"
        Action   = "sagemaker:CreateModelPackage"
        Resource = "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:model-package/*"
      },
      {
        Sid    = "StateMachineCreateLogDelivery"
        Effect = "Allow"
        Action = [
          "logs:CreateLogDelivery",
          "logs:DeleteLogDelivery",
          "logs:DescribeLogGroups",
          "logs:DescribeResourcePolicies",
          "logs:GetLogDelivery",
          "logs:ListLogDeliveries",
          "logs:PutResourcePolicy",
          "logs:UpdateLogDelivery",
          "xray:GetSamplingRules",
          "xray:GetSamplingTargets",
          "xray:PutTelemetryRecords",
          "xray:PutTraceSegments",
        ]
        Resource = "*"
      },
    ]
  })
}

resource "aws_sfn_state_machine" "training_run" {
  name     = "ml-infra-pipelines"
  role_arn = aws_iam_role.training_run_role.arn
  definition = templatefile("${path.module}/statemachines/training_run.asl.json", {
    trainer_arn                        = trimsuffix(trimprefix(jsonencode(aws_iam_role.trainer.arn), "\""), "\"")
    value_json                         = trimsuffix(trimprefix(jsonencode(jsonencode("${aws_ecr_repository.training.repository_url}:${jsondecode(aws_lambda_invocation.training_first.input).tag}")), "\""), "\"")
    value_json_2                       = trimsuffix(trimprefix(jsonencode(jsonencode("s3://${aws_s3_bucket.store.id}/dataset/sample/training/iris.csv")), "\""), "\"")
    store_id                           = trimsuffix(trimprefix(jsonencode(aws_s3_bucket.store.id), "\""), "\"")
    iris_model_package_group_name_json = trimsuffix(trimprefix(jsonencode(jsonencode(aws_sagemaker_model_package_group.iris.model_package_group_name)), "\""), "\"")
  })

  logging_configuration {
    level                  = "ALL"
    include_execution_data = false
    log_destination        = "${aws_cloudwatch_log_group.training_run_logs.arn}:*"
  }

  tracing_configuration {
    enabled = true
  }

  depends_on = [aws_iam_role_policy.training_run_calls]
}

resource "aws_cloudwatch_event_rule" "training_run_failed" {
  name = "ml-infra-pipelines-training-run-failed"
  event_pattern = jsonencode({
    source      = ["aws.states"]
    detail-type = ["Step Functions Execution Status Change"]
    detail = {
      stateMachineArn = [aws_sfn_state_machine.training_run.arn]
      status          = ["FAILED", "TIMED_OUT", "ABORTED"]
    }
  })
}

resource "aws_cloudwatch_event_target" "training_run_failed_1_target" {
  rule = aws_cloudwatch_event_rule.training_run_failed.name
  arn  = aws_sns_topic.alerts.arn
}
