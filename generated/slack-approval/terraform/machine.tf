# Generated from slack-approval.mlops by mlopsc: change the spec, not this file.

resource "aws_cloudwatch_log_group" "release_logs" {
  name              = "/aws/vendedlogs/states/mlops-release"
  retention_in_days = 365
}

resource "aws_iam_role" "release_role" {
  name = "mlops-release-states"
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

resource "aws_iam_role_policy" "release_calls" {
  name = "calls"
  role = aws_iam_role.release_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "BuildStartBuild"
        Effect   = "Allow"
        Action   = ["codebuild:BatchGetBuilds", "codebuild:StartBuild", "codebuild:StopBuild"]
        Resource = "arn:${data.aws_partition.current.partition}:codebuild:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:project/${aws_codebuild_project.serving_project.name}"
      },
      {
        Sid      = "BuildPutTargets"
        Effect   = "Allow"
        Action   = ["events:DescribeRule", "events:PutRule", "events:PutTargets"]
        Resource = "arn:${data.aws_partition.current.partition}:events:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:rule/StepFunctionsGetEventForCodeBuildStartBuildRule"
      },
      {
        Sid      = "StageInvokeFunction"
        Effect   = "Allow"
        Action   = "lambda:InvokeFunction"
        Resource = aws_lambda_function.deploy.arn
      },
      {
        Sid      = "ApproveAskInvokeFunction"
        Effect   = "Allow"
        Action   = "lambda:InvokeFunction"
        Resource = aws_lambda_function.releases_sender.arn
      },
      {
        Sid      = "ProdInvokeFunction"
        Effect   = "Allow"
        Action   = "lambda:InvokeFunction"
        Resource = aws_lambda_function.deploy.arn
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

resource "aws_sfn_state_machine" "release" {
  name     = "mlops-release"
  role_arn = aws_iam_role.release_role.arn
  definition = templatefile("${path.module}/statemachines/release.asl.json", {
    serving_project_name        = trimsuffix(trimprefix(jsonencode(aws_codebuild_project.serving_project.name), "\""), "\"")
    deploy_arn                  = trimsuffix(trimprefix(jsonencode(aws_lambda_function.deploy.arn), "\""), "\"")
    stage_account_json          = trimsuffix(trimprefix(jsonencode(jsonencode(var.stage_account)), "\""), "\"")
    serving_repository_url_json = trimsuffix(trimprefix(jsonencode(jsonencode(aws_ecr_repository.serving.repository_url)), "\""), "\"")
    releases_sender_arn         = trimsuffix(trimprefix(jsonencode(aws_lambda_function.releases_sender.arn), "\""), "\"")
    prod_account_json           = trimsuffix(trimprefix(jsonencode(jsonencode(var.prod_account)), "\""), "\"")
  })

  logging_configuration {
    level                  = "ALL"
    include_execution_data = false
    log_destination        = "${aws_cloudwatch_log_group.release_logs.arn}:*"
  }

  tracing_configuration {
    enabled = true
  }

  depends_on = [aws_iam_role_policy.release_calls]
}

resource "aws_iam_role" "release_push_role" {
  name = "mlops-release-release-push-start"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "events.amazonaws.com"
      }
      Condition = {
        ArnEquals = {
          "aws:SourceArn" = aws_cloudwatch_event_rule.models_push.arn
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "release_push_start" {
  name = "start"
  role = aws_iam_role.release_push_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "states:StartExecution"
      Resource = aws_sfn_state_machine.release.arn
    }]
  })
}

resource "aws_cloudwatch_event_rule" "release_changed" {
  name = "mlops-release-release-changed"
  event_pattern = jsonencode({
    source      = ["aws.states"]
    detail-type = ["Step Functions Execution Status Change"]
    detail = {
      stateMachineArn = [aws_sfn_state_machine.release.arn]
    }
  })
}

resource "aws_cloudwatch_event_target" "release_changed_1_target" {
  rule = aws_cloudwatch_event_rule.release_changed.name
  arn  = aws_sns_topic.releases_news.arn
}
