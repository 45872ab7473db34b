# Generated from codepipeline.mlops by mlopsc: change the spec, not this file.

resource "aws_cloudwatch_log_group" "deploy_logs" {
  name              = "/aws/lambda/ml-infra-pipelines-deploy"
  retention_in_days = 30
}

resource "aws_iam_role" "deploy_role" {
  name = "ml-infra-pipelines-deploy-lambda"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "lambda.amazonaws.com"
      }
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = data.aws_caller_identity.current.account_id
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "deploy_permissions" {
  name = "permissions"
  role = aws_iam_role.deploy_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.deploy_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = ["sagemaker:DescribeModelPackageGroup"]
        Resource = [aws_sagemaker_model_package_group.iris.arn]
      },
      {
        Effect = "Allow"
        Action = ["sagemaker:DescribeModelPackage", "sagemaker:ListModelPackages"]
        Resource = [
          "arn:${data.aws_partition.current.partition}:sagemaker:ap-southeast-1:${data.aws_caller_identity.current.account_id}:model-package/ml-infra-iris-predictor/*",
        ]
      },
      {
        Effect = "Allow"
        Action = [
          "sagemaker:DescribeEndpoint",
          "sagemaker:CreateEndpoint",
          "sagemaker:UpdateEndpoint",
          "sagemaker:DeleteEndpoint",
        ]
        Resource = [
          "arn:${data.aws_partition.current.partition}:sagemaker:ap-southeast-1:${data.aws_caller_identity.current.account_id}:endpoint/ml-infra-pipelines-predictor",
        ]
      },
      {
        Effect = "Allow"
        Action = [
          "sagemaker:CreateEndpoint",
          "sagemaker:UpdateEndpoint",
          "sagemaker:CreateEndpointConfig",
          "sagemaker:DeleteEndpointConfig",
          "sagemaker:DescribeEndpointConfig",
        ]
        Resource = [
          "arn:${data.aws_partition.current.partition}:sagemaker:ap-southeast-1:${data.aws_caller_identity.current.account_id}:endpoint-config/ml-infra-pipelines-predictor-*",
        ]
      },
      {
        Effect = "Allow"
        Action = ["sagemaker:CreateModel", "sagemaker:DescribeModel", "sagemaker:DeleteModel"]
        Resource = [
          "arn:${data.aws_partition.current.partition}:sagemaker:ap-southeast-1:${data.aws_caller_identity.current.account_id}:model/ml-infra-pipelines-predictor-*",
        ]
      },
      {
        Effect = "Allow"
        Action = ["sagemaker:AddTags"]
        Resource = [
          "arn:${data.aws_partition.current.partition}:sagemaker:ap-southeast-1:${data.aws_caller_identity.current.account_id}:endpoint/ml-infra-pipelines-predictor",
          "arn:${data.aws_partition.current.partition}:sagemaker:ap-southeast-1:${data.aws_caller_identity.current.account_id}:endpoint-config/ml-infra-pipelines-predictor-*",
          "arn:${data.aws_partition.current.partition}:sagemaker:ap-southeast-1:${data.aws_caller_identity.current.account_id}:model/ml-infra-pipelines-predictor-*",
        ]
      },
      {
        Effect   = "Allow"
        Action   = ["iam:PassRole"]
        Resource = [aws_iam_role.predictor_role.arn]
        Condition = {
          StringEquals = {
            "iam:PassedToService" = "sagemaker.amazonaws.com"
          }
        }
      },
      {
        Effect = "Allow"
        Action = ["cloudwatch:DescribeAlarms"]
        Resource = [
          "arn:${data.aws_partition.current.partition}:cloudwatch:ap-southeast-1:${data.aws_caller_identity.current.account_id}:alarm:*",
        ]
      },
      {
        Effect   = "Allow"
        Action   = ["sns:Publish"]
        Resource = [aws_sns_topic.alerts.arn]
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = [aws_kms_key.alerts_own.arn]
      },
    ]
  })
}

resource "aws_lambda_function" "deploy" {
  function_name = "ml-infra-pipelines-deploy"
  role          = aws_iam_role.deploy_role.arn
  package_type  = "Image"
  image_uri     = "${aws_ecr_repository.serving.repository_url}:${jsondecode(aws_lambda_invocation.serving_first.input).tag}"
  memory_size   = 256
  timeout       = 60

  environment {
    variables = {
      IRIS = aws_sagemaker_model_package_group.iris.model_package_group_name
      DEPLOYMENT = jsonencode({
        endpoint    = "ml-infra-pipelines-predictor"
        role        = aws_iam_role.predictor_role.arn
        variant     = "main"
        environment = {}
        tags = [{
          Key   = "pipeline"
          Value = "ml-infra-pipelines"
        }]
        update = {
          BlueGreenUpdatePolicy = {
            TrafficRoutingConfiguration = {
              Type                  = "LINEAR"
              WaitIntervalInSeconds = 300
              LinearStepSize = {
                Type  = "CAPACITY_PERCENT"
                Value = 20
              }
            }
            TerminationWaitInSeconds         = 300
            MaximumExecutionTimeoutInSeconds = 3600
          }
          AutoRollbackConfiguration = {
            Alarms = [{
              AlarmName = aws_cloudwatch_metric_alarm.predictor_failing.alarm_name
            }]
          }
        }
        instance = "ml.c5.xlarge"
        count    = 1
      })
    }
  }

  depends_on = [aws_cloudwatch_log_group.deploy_logs, aws_iam_role_policy.deploy_permissions]
}

resource "aws_lambda_function_event_invoke_config" "deploy_failures" {
  function_name                = aws_lambda_function.deploy.function_name
  maximum_event_age_in_seconds = 21600
  maximum_retry_attempts       = 2

  destination_config {
    on_failure {
      destination = aws_sns_topic.alerts.arn
    }
  }
}

data "archive_file" "infer_zip" {
  type        = "zip"
  source_file = "${path.module}/../inference/main.py"
  output_path = "${path.module}/build/infer.zip"
}

resource "aws_cloudwatch_log_group" "infer_logs" {
  name              = "/aws/lambda/ml-infra-pipelines-infer"
  retention_in_days = 30
}

resource "aws_iam_role" "infer_role" {
  name = "ml-infra-pipelines-infer-lambda"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "lambda.amazonaws.com"
      }
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = data.aws_caller_identity.current.account_id
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "infer_permissions" {
  name = "permissions"
  role = aws_iam_role.infer_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.infer_logs.arn}:*"
      },
      {
        Effect = "Allow"
        Action = ["sagemaker:InvokeEndpoint", "sagemaker:DescribeEndpoint"]
        Resource = [
          "arn:${data.aws_partition.current.partition}:sagemaker:ap-southeast-1:${data.aws_caller_identity.current.account_id}:endpoint/ml-infra-pipelines-predictor",
        ]
      },
      {
        Effect   = "Allow"
        Action   = ["s3:PutObject", "s3:AbortMultipartUpload"]
        Resource = ["${aws_s3_bucket.store.arn}/*"]
      },
    ]
  })
}

resource "aws_lambda_function" "infer" {
  function_name    = "ml-infra-pipelines-infer"
  role             = aws_iam_role.infer_role.arn
  runtime          = "python3.12"
  handler          = "main.handler"
  filename         = data.archive_file.infer_zip.output_path
  source_code_hash = data.archive_file.infer_zip.output_base64sha256
  memory_size      = 256
  timeout          = 30

  environment {
    variables = {
      PREDICTOR = "ml-infra-pipelines-predictor"
      STORE     = aws_s3_bucket.store.id
      ENDPOINT  = "ml-infra-pipelines-predictor"
      RECORDS   = "s3://${aws_s3_bucket.store.id}/inference/"
    }
  }

  depends_on = [aws_cloudwatch_log_group.infer_logs, aws_iam_role_policy.infer_permissions]
}

resource "aws_lambda_permission" "deploy_approved_permission" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.deploy.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.iris_approved.arn
}

data "archive_file" "training_first_run_zip" {
  type        = "zip"
  source_file = "${path.module}/../lambda/build_image.py"
  output_path = "${path.module}/build/training_first_run.zip"
}

resource "aws_cloudwatch_log_group" "training_first_run_logs" {
  name              = "/aws/lambda/ml-infra-pipelines-training-first-run"
  retention_in_days = 30
}

resource "aws_iam_role" "training_first_run_role" {
  name = "ml-infra-pipelines-training-first-run-lambda"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "lambda.amazonaws.com"
      }
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = data.aws_caller_identity.current.account_id
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "training_first_run_permissions" {
  name = "permissions"
  role = aws_iam_role.training_first_run_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.training_first_run_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = ["codebuild:StartBuild", "codebuild:BatchGetBuilds"]
        Resource = [aws_codebuild_project.training_project.arn]
      },
    ]
  })
}

resource "aws_lambda_function" "training_first_run" {
  function_name    = "ml-infra-pipelines-training-first-run"
  role             = aws_iam_role.training_first_run_role.arn
  runtime          = "python3.12"
  handler          = "build_image.handler"
  filename         = data.archive_file.training_first_run_zip.output_path
  source_code_hash = data.archive_file.training_first_run_zip.output_base64sha256
  memory_size      = 256
  timeout          = 900

  environment {
    variables = {
      PROJECT = aws_codebuild_project.training_project.name
    }
  }

  depends_on = [aws_cloudwatch_log_group.training_first_run_logs, aws_iam_role_policy.training_first_run_permissions]
}

data "archive_file" "serving_first_run_zip" {
  type        = "zip"
  source_file = "${path.module}/../lambda/build_image.py"
  output_path = "${path.module}/build/serving_first_run.zip"
}

resource "aws_cloudwatch_log_group" "serving_first_run_logs" {
  name              = "/aws/lambda/ml-infra-pipelines-serving-first-run"
  retention_in_days = 30
}

resource "aws_iam_role" "serving_first_run_role" {
  name = "ml-infra-pipelines-serving-first-run-lambda"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "lambda.amazonaws.com"
      }
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = data.aws_caller_identity.current.account_id
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "serving_first_run_permissions" {
  name = "permissions"
  role = aws_iam_role.serving_first_run_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.serving_first_run_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = ["codebuild:StartBuild", "codebuild:BatchGetBuilds"]
        Resource = [aws_codebuild_project.serving_project.arn]
      },
    ]
  })
}

resource "aws_lambda_function" "serving_first_run" {
  function_name    = "ml-infra-pipelines-serving-first-run"
  role             = aws_iam_role.serving_first_run_role.arn
  runtime          = "python3.12"
  handler          = "build_image.handler"
  filename         = data.archive_file.serving_first_run_zip.output_path
  source_code_hash = data.archive_file.serving_first_run_zip.output_base64sha256
  memory_size      = 256
  timeout          = 900

  environment {
    variables = {
      PROJECT = aws_codebuild_project.serving_project.name
    }
  }

  depends_on = [aws_cloudwatch_log_group.serving_first_run_logs, aws_iam_role_policy.serving_first_run_permissions]
}
