# Generated from showcase.mlops by mlopsc: change the spec, not this file.

resource "aws_cloudwatch_log_group" "train_logs" {
  name              = "/aws/vendedlogs/states/mlops-showcase-train"
  retention_in_days = 365
}

resource "aws_iam_role" "train_role" {
  name = "mlops-showcase-train-states"
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
        Sid      = "DataInvokeFunction"
        Effect   = "Allow"
        Action   = "lambda:InvokeFunction"
        Resource = aws_lambda_function.prepare.arn
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
        Resource = "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:training-job/showcase-*"
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
        Resource = "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:model-package/${aws_sagemaker_model_package_group.models.model_package_group_name}/*"
      },
      {
        Sid      = "DeployVersionDescribeModelPackage"
        Effect   = "Allow"
        Action   = "sagemaker:DescribeModelPackage"
        Resource = "arn:${data.aws_partition.current.partition}:sagemaker:us-east-1:${data.aws_caller_identity.current.account_id}:model-package/mlops-showcase-models/*"
      },
      {
        Sid      = "DeployArtifactGetObject"
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::${aws_s3_bucket.data.id}/*"
      },
      {
        Sid      = "DeployModelCreateModel"
        Effect   = "Allow"
        Action   = ["sagemaker:AddTags", "sagemaker:CreateModel"]
        Resource = "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:model/mlops-showcase-predictor-*"
      },
      {
        Sid      = "DeployModelPassRole"
        Effect   = "Allow"
        Action   = "iam:PassRole"
        Resource = aws_iam_role.predictor_role.arn
        Condition = {
          StringEquals = {
            "iam:PassedToService" = "sagemaker.amazonaws.com"
          }
        }
      },
      {
        Sid      = "DeployConfigCreateEndpointConfig"
        Effect   = "Allow"
        Action   = ["sagemaker:AddTags", "sagemaker:CreateEndpointConfig"]
        Resource = "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:endpoint-config/mlops-showcase-predictor-*"
      },
      {
        Sid    = "DeployExistingListEndpoints"
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
        Sid    = "DeployCreateCreateEndpoint"
        Effect = "Allow"
        Action = ["sagemaker:AddTags", "sagemaker:CreateEndpoint", "sagemaker:UpdateEndpoint"]
        Resource = [
          "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:endpoint-config/mlops-showcase-predictor-*",
          "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:endpoint/mlops-showcase-predictor",
        ]
      },
      {
        Sid      = "DeployDeleteDeleteEndpoint"
        Effect   = "Allow"
        Action   = ["sagemaker:DeleteEndpoint", "sagemaker:DescribeEndpoint"]
        Resource = "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:endpoint/mlops-showcase-predictor"
      },
      {
        Sid      = "SmokeInvokeFunction"
        Effect   = "Allow"
        Action   = "lambda:InvokeFunction"
        Resource = aws_lambda_function.smoke.arn
      },
    ]
  })
}

resource "aws_sfn_state_machine" "train" {
  name     = "mlops-showcase-train"
  role_arn = aws_iam_role.train_role.arn
  definition = templatefile("${path.module}/statemachines/train.asl.json", {
    data_id_json                                     = trimsuffix(trimprefix(jsonencode(jsonencode(aws_s3_bucket.data.id)), "\""), "\"")
    prepare_arn                                      = trimsuffix(trimprefix(jsonencode(aws_lambda_function.prepare.arn), "\""), "\"")
    data_id                                          = trimsuffix(trimprefix(jsonencode(aws_s3_bucket.data.id), "\""), "\"")
    trainer_arn                                      = trimsuffix(trimprefix(jsonencode(aws_iam_role.trainer.arn), "\""), "\"")
    value_json                                       = trimsuffix(trimprefix(jsonencode(jsonencode(jsonencode("s3://${aws_s3_bucket.data.id}/code/training.tar.gz"))), "\""), "\"")
    models_model_package_group_name                  = trimsuffix(trimprefix(jsonencode(aws_sagemaker_model_package_group.models.model_package_group_name), "\""), "\"")
    data_aws_partition_current_partition_json        = trimsuffix(trimprefix(jsonencode(jsonencode(data.aws_partition.current.partition)), "\""), "\"")
    data_aws_caller_identity_current_account_id_json = trimsuffix(trimprefix(jsonencode(jsonencode(data.aws_caller_identity.current.account_id)), "\""), "\"")
    value_json_2                                     = trimsuffix(trimprefix(jsonencode(jsonencode("s3://${aws_s3_bucket.data.id}/")), "\""), "\"")
    predictor_role_arn                               = trimsuffix(trimprefix(jsonencode(aws_iam_role.predictor_role.arn), "\""), "\"")
    value_json_3 = trimsuffix(trimprefix(jsonencode(jsonencode({
      REQUEST_LOG    = "s3://${aws_s3_bucket.data.id}/data-capture/mlops-showcase-predictor/main/"
      REQUEST_SAMPLE = tostring(var.data_capture_sampling_percentage)
    })), "\""), "\"")
    serverless_memory_size_json                 = trimsuffix(trimprefix(jsonencode(jsonencode(var.serverless_memory_size)), "\""), "\"")
    serverless_max_concurrency_json             = trimsuffix(trimprefix(jsonencode(jsonencode(var.serverless_max_concurrency)), "\""), "\"")
    data_aws_partition_current_partition        = trimsuffix(trimprefix(jsonencode(data.aws_partition.current.partition), "\""), "\"")
    data_aws_caller_identity_current_account_id = trimsuffix(trimprefix(jsonencode(data.aws_caller_identity.current.account_id), "\""), "\"")
    smoke_arn                                   = trimsuffix(trimprefix(jsonencode(aws_lambda_function.smoke.arn), "\""), "\"")
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

resource "aws_cloudwatch_log_group" "roll_back_logs" {
  name              = "/aws/vendedlogs/states/mlops-showcase-roll-back"
  retention_in_days = 365
}

resource "aws_iam_role" "roll_back_role" {
  name = "mlops-showcase-roll-back-states"
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

resource "aws_iam_role_policy" "roll_back_calls" {
  name = "calls"
  role = aws_iam_role.roll_back_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "DeployVersionDescribeModelPackage"
        Effect   = "Allow"
        Action   = "sagemaker:DescribeModelPackage"
        Resource = "arn:${data.aws_partition.current.partition}:sagemaker:us-east-1:${data.aws_caller_identity.current.account_id}:model-package/mlops-showcase-models/*"
      },
      {
        Sid      = "DeployArtifactGetObject"
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::${aws_s3_bucket.data.id}/*"
      },
      {
        Sid      = "DeployModelCreateModel"
        Effect   = "Allow"
        Action   = ["sagemaker:AddTags", "sagemaker:CreateModel"]
        Resource = "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:model/mlops-showcase-predictor-*"
      },
      {
        Sid      = "DeployModelPassRole"
        Effect   = "Allow"
        Action   = "iam:PassRole"
        Resource = aws_iam_role.predictor_role.arn
        Condition = {
          StringEquals = {
            "iam:PassedToService" = "sagemaker.amazonaws.com"
          }
        }
      },
      {
        Sid      = "DeployConfigCreateEndpointConfig"
        Effect   = "Allow"
        Action   = ["sagemaker:AddTags", "sagemaker:CreateEndpointConfig"]
        Resource = "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:endpoint-config/mlops-showcase-predictor-*"
      },
      {
        Sid    = "DeployExistingListEndpoints"
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
        Sid    = "DeployCreateCreateEndpoint"
        Effect = "Allow"
        Action = ["sagemaker:AddTags", "sagemaker:CreateEndpoint", "sagemaker:UpdateEndpoint"]
        Resource = [
          "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:endpoint-config/mlops-showcase-predictor-*",
          "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:endpoint/mlops-showcase-predictor",
        ]
      },
      {
        Sid      = "DeployDeleteDeleteEndpoint"
        Effect   = "Allow"
        Action   = ["sagemaker:DeleteEndpoint", "sagemaker:DescribeEndpoint"]
        Resource = "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:endpoint/mlops-showcase-predictor"
      },
      {
        Sid      = "SmokeInvokeFunction"
        Effect   = "Allow"
        Action   = "lambda:InvokeFunction"
        Resource = aws_lambda_function.smoke.arn
      },
    ]
  })
}

resource "aws_sfn_state_machine" "roll_back" {
  name     = "mlops-showcase-roll-back"
  role_arn = aws_iam_role.roll_back_role.arn
  definition = templatefile("${path.module}/statemachines/roll_back.asl.json", {
    data_aws_partition_current_partition_json        = trimsuffix(trimprefix(jsonencode(jsonencode(data.aws_partition.current.partition)), "\""), "\"")
    data_aws_caller_identity_current_account_id_json = trimsuffix(trimprefix(jsonencode(jsonencode(data.aws_caller_identity.current.account_id)), "\""), "\"")
    data_id                                          = trimsuffix(trimprefix(jsonencode(aws_s3_bucket.data.id), "\""), "\"")
    value_json                                       = trimsuffix(trimprefix(jsonencode(jsonencode("s3://${aws_s3_bucket.data.id}/")), "\""), "\"")
    predictor_role_arn                               = trimsuffix(trimprefix(jsonencode(aws_iam_role.predictor_role.arn), "\""), "\"")
    value_json_2 = trimsuffix(trimprefix(jsonencode(jsonencode({
      REQUEST_LOG    = "s3://${aws_s3_bucket.data.id}/data-capture/mlops-showcase-predictor/main/"
      REQUEST_SAMPLE = tostring(var.data_capture_sampling_percentage)
    })), "\""), "\"")
    serverless_memory_size_json                 = trimsuffix(trimprefix(jsonencode(jsonencode(var.serverless_memory_size)), "\""), "\"")
    serverless_max_concurrency_json             = trimsuffix(trimprefix(jsonencode(jsonencode(var.serverless_max_concurrency)), "\""), "\"")
    data_aws_partition_current_partition        = trimsuffix(trimprefix(jsonencode(data.aws_partition.current.partition), "\""), "\"")
    data_aws_caller_identity_current_account_id = trimsuffix(trimprefix(jsonencode(data.aws_caller_identity.current.account_id), "\""), "\"")
    smoke_arn                                   = trimsuffix(trimprefix(jsonencode(aws_lambda_function.smoke.arn), "\""), "\"")
  })

  logging_configuration {
    level                  = "ALL"
    include_execution_data = false
    log_destination        = "${aws_cloudwatch_log_group.roll_back_logs.arn}:*"
  }

  tracing_configuration {
    enabled = true
  }

  depends_on = [aws_iam_role_policy.roll_back_calls]
}

resource "aws_cloudwatch_log_group" "clean_up_logs" {
  name              = "/aws/vendedlogs/states/mlops-showcase-clean-up"
  retention_in_days = 365
}

resource "aws_iam_role" "clean_up_role" {
  name = "mlops-showcase-clean-up-states"
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

resource "aws_iam_role_policy" "clean_up_calls" {
  name = "calls"
  role = aws_iam_role.clean_up_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "predictorremoveExistingListEndpoints"
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
          "sagemaker:ListEndpointConfigs",
          "sagemaker:ListEndpoints",
          "sagemaker:ListModels",
          "xray:GetSamplingRules",
          "xray:GetSamplingTargets",
          "xray:PutTelemetryRecords",
          "xray:PutTraceSegments",
        ]
        Resource = "*"
      },
      {
        Sid      = "sagemakerdeleteEndpointDeleteEndpoint"
        Effect   = "Allow"
        Action   = "sagemaker:DeleteEndpoint"
        Resource = "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:endpoint/mlops-showcase-predictor"
      },
      {
        Sid      = "sagemakerdeleteEndpointConfigDeleteEndpointConfig"
        Effect   = "Allow"
        Action   = "sagemaker:DeleteEndpointConfig"
        Resource = "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:endpoint-config/mlops-showcase-predictor-*"
      },
      {
        Sid      = "sagemakerdeleteModelDeleteModel"
        Effect   = "Allow"
        Action   = "sagemaker:DeleteModel"
        Resource = "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:model/mlops-showcase-predictor-*"
      },
      {
        Sid      = "modelsclearVersionsListModelPackages"
        Effect   = "Allow"
        Action   = "sagemaker:ListModelPackages"
        Resource = "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:model-package/${aws_sagemaker_model_package_group.models.model_package_group_name}/*"
      },
      {
        Sid      = "sagemakerdeleteModelPackageDeleteModelPackage"
        Effect   = "Allow"
        Action   = "sagemaker:DeleteModelPackage"
        Resource = "arn:${data.aws_partition.current.partition}:sagemaker:us-east-1:${data.aws_caller_identity.current.account_id}:model-package/mlops-showcase-models/*"
      },
    ]
  })
}

resource "aws_sfn_state_machine" "clean_up" {
  name     = "mlops-showcase-clean-up"
  role_arn = aws_iam_role.clean_up_role.arn
  definition = templatefile("${path.module}/statemachines/clean_up.asl.json", {
    models_model_package_group_name                  = trimsuffix(trimprefix(jsonencode(aws_sagemaker_model_package_group.models.model_package_group_name), "\""), "\"")
    data_aws_partition_current_partition_json        = trimsuffix(trimprefix(jsonencode(jsonencode(data.aws_partition.current.partition)), "\""), "\"")
    data_aws_caller_identity_current_account_id_json = trimsuffix(trimprefix(jsonencode(jsonencode(data.aws_caller_identity.current.account_id)), "\""), "\"")
  })

  logging_configuration {
    level                  = "ALL"
    include_execution_data = false
    log_destination        = "${aws_cloudwatch_log_group.clean_up_logs.arn}:*"
  }

  tracing_configuration {
    enabled = true
  }

  depends_on = [aws_iam_role_policy.clean_up_calls]
}

resource "aws_cloudwatch_event_rule" "train_failed" {
  name = "mlops-showcase-train-failed"
  event_pattern = jsonencode({
    source      = ["aws.states"]
    detail-type = ["Step Functions Execution Status Change"]
    detail = {
      stateMachineArn = [aws_sfn_state_machine.train.arn]
      status          = ["FAILED", "TIMED_OUT", "ABORTED"]
    }
  })
}

resource "aws_cloudwatch_event_target" "train_failed_1_target" {
  rule = aws_cloudwatch_event_rule.train_failed.name
  arn  = aws_sns_topic.alerts.arn
}
