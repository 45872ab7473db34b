# Generated from showcase.mlops by mlopsc: change the spec, not this file.

resource "aws_iam_role_policy" "train_calls" {
  name = "calls"
  role = var.train_role_id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "DataInvokeFunction"
        Effect   = "Allow"
        Action   = "lambda:InvokeFunction"
        Resource = var.prepare_arn
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
        Resource = var.trainer_arn
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
        Resource = "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:model-package/${var.models_model_package_group_name}/*"
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
        Resource = "arn:${data.aws_partition.current.partition}:s3:::${var.data_id}/*"
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
        Resource = var.predictor_role_arn
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
        Resource = var.smoke_arn
      },
    ]
  })
}

resource "aws_sfn_state_machine" "train" {
  name     = "mlops-showcase-train"
  role_arn = var.train_role_arn
  definition = templatefile("${path.module}/../../statemachines/train.asl.json", {
    data_id_json                                     = trimsuffix(trimprefix(jsonencode(jsonencode(var.data_id)), "\""), "\"")
    prepare_arn                                      = trimsuffix(trimprefix(jsonencode(var.prepare_arn), "\""), "\"")
    data_id                                          = trimsuffix(trimprefix(jsonencode(var.data_id), "\""), "\"")
    trainer_arn                                      = trimsuffix(trimprefix(jsonencode(var.trainer_arn), "\""), "\"")
    value_json                                       = trimsuffix(trimprefix(jsonencode(jsonencode(jsonencode("s3://${var.data_id}/code/training.tar.gz"))), "\""), "\"")
    models_model_package_group_name                  = trimsuffix(trimprefix(jsonencode(var.models_model_package_group_name), "\""), "\"")
    data_aws_partition_current_partition_json        = trimsuffix(trimprefix(jsonencode(jsonencode(data.aws_partition.current.partition)), "\""), "\"")
    data_aws_caller_identity_current_account_id_json = trimsuffix(trimprefix(jsonencode(jsonencode(data.aws_caller_identity.current.account_id)), "\""), "\"")
    value_json_2                                     = trimsuffix(trimprefix(jsonencode(jsonencode("s3://${var.data_id}/")), "\""), "\"")
    predictor_role_arn                               = trimsuffix(trimprefix(jsonencode(var.predictor_role_arn), "\""), "\"")
    value_json_3 = trimsuffix(trimprefix(jsonencode(jsonencode({
      REQUEST_LOG    = "s3://${var.data_id}/data-capture/mlops-showcase-predictor/main/"
      REQUEST_SAMPLE = tostring(var.data_capture_sampling_percentage)
    })), "\""), "\"")
    serverless_memory_size_json                 = trimsuffix(trimprefix(jsonencode(jsonencode(var.serverless_memory_size)), "\""), "\"")
    serverless_max_concurrency_json             = trimsuffix(trimprefix(jsonencode(jsonencode(var.serverless_max_concurrency)), "\""), "\"")
    data_aws_partition_current_partition        = trimsuffix(trimprefix(jsonencode(data.aws_partition.current.partition), "\""), "\"")
    data_aws_caller_identity_current_account_id = trimsuffix(trimprefix(jsonencode(data.aws_caller_identity.current.account_id), "\""), "\"")
    smoke_arn                                   = trimsuffix(trimprefix(jsonencode(var.smoke_arn), "\""), "\"")
  })

  logging_configuration {
    level                  = "ALL"
    include_execution_data = false
    log_destination        = "${var.train_logs_arn}:*"
  }

  tracing_configuration {
    enabled = true
  }

  depends_on = [aws_iam_role_policy.train_calls]
}

resource "aws_iam_role_policy" "roll_back_calls" {
  name = "calls"
  role = var.roll_back_role_id
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
        Resource = "arn:${data.aws_partition.current.partition}:s3:::${var.data_id}/*"
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
        Resource = var.predictor_role_arn
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
        Resource = var.smoke_arn
      },
    ]
  })
}

resource "aws_sfn_state_machine" "roll_back" {
  name     = "mlops-showcase-roll-back"
  role_arn = var.roll_back_role_arn
  definition = templatefile("${path.module}/../../statemachines/roll_back.asl.json", {
    data_aws_partition_current_partition_json        = trimsuffix(trimprefix(jsonencode(jsonencode(data.aws_partition.current.partition)), "\""), "\"")
    data_aws_caller_identity_current_account_id_json = trimsuffix(trimprefix(jsonencode(jsonencode(data.aws_caller_identity.current.account_id)), "\""), "\"")
    data_id                                          = trimsuffix(trimprefix(jsonencode(var.data_id), "\""), "\"")
    value_json                                       = trimsuffix(trimprefix(jsonencode(jsonencode("s3://${var.data_id}/")), "\""), "\"")
    predictor_role_arn                               = trimsuffix(trimprefix(jsonencode(var.predictor_role_arn), "\""), "\"")
    value_json_2 = trimsuffix(trimprefix(jsonencode(jsonencode({
      REQUEST_LOG    = "s3://${var.data_id}/data-capture/mlops-showcase-predictor/main/"
      REQUEST_SAMPLE = tostring(var.data_capture_sampling_percentage)
    })), "\""), "\"")
    serverless_memory_size_json                 = trimsuffix(trimprefix(jsonencode(jsonencode(var.serverless_memory_size)), "\""), "\"")
    serverless_max_concurrency_json             = trimsuffix(trimprefix(jsonencode(jsonencode(var.serverless_max_concurrency)), "\""), "\"")
    data_aws_partition_current_partition        = trimsuffix(trimprefix(jsonencode(data.aws_partition.current.partition), "\""), "\"")
    data_aws_caller_identity_current_account_id = trimsuffix(trimprefix(jsonencode(data.aws_caller_identity.current.account_id), "\""), "\"")
    smoke_arn                                   = trimsuffix(trimprefix(jsonencode(var.smoke_arn), "\""), "\"")
  })

  logging_configuration {
    level                  = "ALL"
    include_execution_data = false
    log_destination        = "${var.roll_back_logs_arn}:*"
  }

  tracing_configuration {
    enabled = true
  }

  depends_on = [aws_iam_role_policy.roll_back_calls]
}

resource "aws_sfn_state_machine" "clean_up" {
  name     = "mlops-showcase-clean-up"
  role_arn = var.clean_up_role_arn
  definition = templatefile("${path.module}/../../statemachines/clean_up.asl.json", {
    models_model_package_group_name                  = trimsuffix(trimprefix(jsonencode(var.models_model_package_group_name), "\""), "\"")
    data_aws_partition_current_partition_json        = trimsuffix(trimprefix(jsonencode(jsonencode(data.aws_partition.current.partition)), "\""), "\"")
    data_aws_caller_identity_current_account_id_json = trimsuffix(trimprefix(jsonencode(jsonencode(data.aws_caller_identity.current.account_id)), "\""), "\"")
  })

  logging_configuration {
    level                  = "ALL"
    include_execution_data = false
    log_destination        = "${var.clean_up_logs_arn}:*"
  }

  tracing_configuration {
    enabled = true
  }

  depends_on = [var.clean_up_calls_id]
}

resource "aws_iam_role_policy" "github_roles_runs" {
  name = "runs"
  role = var.github_roles_run_id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["states:StartExecution"]
        Resource = [aws_sfn_state_machine.train.arn]
      },
      {
        Effect = "Allow"
        Action = ["states:DescribeExecution"]
        Resource = [
          "arn:${data.aws_partition.current.partition}:states:us-east-1:${data.aws_caller_identity.current.account_id}:execution:mlops-showcase-train:*",
        ]
      },
      {
        Effect   = "Allow"
        Action   = ["lambda:InvokeFunction"]
        Resource = [var.smoke_arn]
      },
      {
        Effect   = "Allow"
        Action   = ["lambda:InvokeFunction"]
        Resource = [var.drift_run_arn]
      },
    ]
  })
}

data "aws_partition" "current" {}

data "aws_region" "current" {}

data "aws_caller_identity" "current" {}
