# Generated from reusable-framework.mlops by mlopsc: change the spec, not this file.

resource "aws_cloudwatch_log_group" "train_logs" {
  name              = "/aws/vendedlogs/states/${var.prefix}-${var.environment}-ml-train-pipeline-common"
  retention_in_days = 365
}

resource "aws_iam_role" "train_role" {
  name = "${var.prefix}-${var.environment}-ml-train-pipeline-common-states"
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

resource "aws_iam_role_policy" "train_calls" {
  name = "calls"
  role = aws_iam_role.train_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "LoadconfigItemGetItem"
        Effect   = "Allow"
        Action   = "dynamodb:GetItem"
        Resource = "arn:${data.aws_partition.current.partition}:dynamodb:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:table/${aws_dynamodb_table.pipelines.name}"
      },
      {
        Sid    = "PreprocessJobCreateProcessingJob"
        Effect = "Allow"
        Action = [
          "sagemaker:AddTags",
          "sagemaker:CreateProcessingJob",
          "sagemaker:DescribeProcessingJob",
          "sagemaker:ListTags",
          "sagemaker:StopProcessingJob",
        ]
        Resource = "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:processing-job/*"
      },
      {
        Sid      = "PreprocessJobPutTargets"
        Effect   = "Allow"
        Action   = ["events:DescribeRule", "events:PutRule", "events:PutTargets"]
        Resource = "arn:${data.aws_partition.current.partition}:events:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:rule/StepFunctionsGetEventsForSageMakerProcessingJobsRule"
      },
      {
        Sid      = "PreprocessJobPassRole"
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
        Sid      = "GlueStartJobRun"
        Effect   = "Allow"
        Action   = ["glue:BatchStopJobRun", "glue:GetJobRun", "glue:GetJobRuns", "glue:StartJobRun"]
        Resource = "arn:${data.aws_partition.current.partition}:glue:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:job/${var.prefix}-${var.environment}-ml-train-pipeline-common-*"
      },
      {
        Sid      = "CustomInvokeFunction"
        Effect   = "Allow"
        Action   = "lambda:InvokeFunction"
        Resource = "arn:${data.aws_partition.current.partition}:lambda:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:function:${var.prefix}-${var.environment}-ml-train-pipeline-common-*"
      },
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
        Resource = "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:training-job/*"
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
        Sid    = "TuneJobCreateHyperParameterTuningJob"
        Effect = "Allow"
        Action = [
          "sagemaker:AddTags",
          "sagemaker:CreateHyperParameterTuningJob",
          "sagemaker:DescribeHyperParameterTuningJob",
          "sagemaker:ListTags",
          "sagemaker:StopHyperParameterTuningJob",
        ]
        Resource = "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:hyper-parameter-tuning-job/*"
      },
      {
        Sid      = "TuneJobPutTargets"
        Effect   = "Allow"
        Action   = ["events:DescribeRule", "events:PutRule", "events:PutTargets"]
        Resource = "arn:${data.aws_partition.current.partition}:events:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:rule/StepFunctionsGetEventsForSageMakerTuningJobsRule"
      },
      {
        Sid      = "TuneJobPassRole"
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
        Sid      = "ModelModelCreateModel"
        Effect   = "Allow"
        Action   = ["sagemaker:AddTags", "sagemaker:CreateModel"]
        Resource = "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:model/*"
      },
      {
        Sid      = "ModelModelPassRole"
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
        Sid    = "TransformJobCreateTransformJob"
        Effect = "Allow"
        Action = [
          "sagemaker:AddTags",
          "sagemaker:CreateTransformJob",
          "sagemaker:DescribeTransformJob",
          "sagemaker:ListTags",
          "sagemaker:StopTransformJob",
        ]
        Resource = "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:transform-job/*"
      },
      {
        Sid      = "TransformJobPutTargets"
        Effect   = "Allow"
        Action   = ["events:DescribeRule", "events:PutRule", "events:PutTargets"]
        Resource = "arn:${data.aws_partition.current.partition}:events:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:rule/StepFunctionsGetEventsForSageMakerTransformJobsRule"
      },
      {
        Sid      = "EndpointConfigConfigCreateEndpointConfig"
        Effect   = "Allow"
        Action   = ["sagemaker:AddTags", "sagemaker:CreateEndpointConfig"]
        Resource = "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:endpoint-config/*"
      },
      {
        Sid    = "EndpointExistingListEndpoints"
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
          "sagemaker:ListEndpoints",
          "xray:GetSamplingRules",
          "xray:GetSamplingTargets",
          "xray:PutTelemetryRecords",
          "xray:PutTraceSegments",
        ]
        Resource = "*"
      },
      {
        Sid      = "EndpointDeleteDeleteEndpoint"
        Effect   = "Allow"
        Action   = ["sagemaker:DeleteEndpoint", "sagemaker:DescribeEndpoint"]
        Resource = "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:endpoint/*"
      },
      {
        Sid    = "EndpointCreateCreateEndpoint"
        Effect = "Allow"
        Action = ["sagemaker:AddTags", "sagemaker:CreateEndpoint", "sagemaker:UpdateEndpoint"]
        Resource = [
          "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:endpoint-config/*",
          "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:endpoint/*",
        ]
      },
      {
        Sid      = "PostprocessInvokeFunction"
        Effect   = "Allow"
        Action   = "lambda:InvokeFunction"
        Resource = aws_lambda_function.postprocess.arn
      },
      {
        Sid      = "ToldPublish"
        Effect   = "Allow"
        Action   = "sns:Publish"
        Resource = aws_sns_topic.success.arn
      },
      {
        Sid      = "FailedPublish"
        Effect   = "Allow"
        Action   = "sns:Publish"
        Resource = aws_sns_topic.failure.arn
      },
      {
        Sid      = "Keys"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = [aws_kms_key.success_own.arn, aws_kms_key.failure_own.arn]
      },
    ]
  })
}

resource "aws_sfn_state_machine" "train" {
  name     = "${var.prefix}-${var.environment}-ml-train-pipeline-common"
  role_arn = aws_iam_role.train_role.arn
  definition = templatefile("${path.module}/statemachines/train.asl.json", {
    pipelines_name   = trimsuffix(trimprefix(jsonencode(aws_dynamodb_table.pipelines.name), "\""), "\"")
    trainer_arn_json = trimsuffix(trimprefix(jsonencode(jsonencode(aws_iam_role.trainer.arn)), "\""), "\"")
    value_json = trimsuffix(trimprefix(jsonencode(jsonencode([
      {
        Key   = "pipeline"
        Value = "ml-train-pipeline-common"
      },
      {
        Key   = "environment"
        Value = var.environment
      },
    ])), "\""), "\"")
    prefix_json      = trimsuffix(trimprefix(jsonencode(jsonencode(var.prefix)), "\""), "\"")
    environment_json = trimsuffix(trimprefix(jsonencode(jsonencode(var.environment)), "\""), "\"")
    trainer_arn      = trimsuffix(trimprefix(jsonencode(aws_iam_role.trainer.arn), "\""), "\"")
    postprocess_arn  = trimsuffix(trimprefix(jsonencode(aws_lambda_function.postprocess.arn), "\""), "\"")
    success_arn      = trimsuffix(trimprefix(jsonencode(aws_sns_topic.success.arn), "\""), "\"")
    failure_arn      = trimsuffix(trimprefix(jsonencode(aws_sns_topic.failure.arn), "\""), "\"")
  })

  logging_configuration {
    level                  = "ALL"
    include_execution_data = false
    log_destination        = "${aws_cloudwatch_log_group.train_logs.arn}:*"
  }

  tracing_configuration {
    enabled = true
  }

  depends_on = [aws_iam_role_policy.train_calls]
}
