# Generated from codepipeline.mlops by mlopsc: change the spec, not this file.

data "archive_file" "probe_zip" {
  type        = "zip"
  output_path = "${path.module}/build/probe-${sha256(file("${path.module}/../canary/probe.py"))}.zip"

  source {
    filename = "python/check.py"
    content  = file("${path.module}/../canary/probe.py")
  }
}

resource "aws_iam_role" "probe_role" {
  name = "ml-infra-pipelines-probe-canary"
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

resource "aws_iam_role_policy" "probe_permissions" {
  name = "permissions"
  role = aws_iam_role.probe_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["s3:PutObject", "s3:GetObject"]
        Resource = "${aws_s3_bucket.probe_results.arn}/*"
      },
      {
        Effect   = "Allow"
        Action   = "s3:GetBucketLocation"
        Resource = aws_s3_bucket.probe_results.arn
      },
      {
        Effect   = "Allow"
        Action   = "s3:ListAllMyBuckets"
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:${data.aws_partition.current.partition}:logs:ap-southeast-1:${data.aws_caller_identity.current.account_id}:log-group:/aws/lambda/cwsyn-ml-infra-pipelines-p*"
      },
      {
        Effect   = "Allow"
        Action   = "cloudwatch:PutMetricData"
        Resource = "*"
        Condition = {
          StringEquals = {
            "cloudwatch:namespace" = "CloudWatchSynthetics"
          }
        }
      },
      {
        Effect   = "Allow"
        Action   = "execute-api:Invoke"
        Resource = "${aws_api_gateway_rest_api.inference.execution_arn}/live/POST/predict"
      },
    ]
  })
}

resource "aws_synthetics_canary" "probe" {
  name                     = "ml-infra-pipelines-probe"
  runtime_version          = "syn-python-selenium-14.0"
  handler                  = "check.handler"
  zip_file                 = data.archive_file.probe_zip.output_path
  artifact_s3_location     = "s3://${aws_s3_bucket.probe_results.id}/"
  execution_role_arn       = aws_iam_role.probe_role.arn
  start_canary             = true
  delete_lambda            = true
  success_retention_period = 31
  failure_retention_period = 31

  schedule {
    expression = "cron(0 0/2 * * ? *)"
  }

  run_config {
    timeout_in_seconds = 60
    memory_in_mb       = 960
    environment_variables = {
      URL      = "${aws_api_gateway_stage.inference_live.invoke_url}/predict"
      METHOD   = "POST"
      AUTH     = "iam"
      BODY     = "{\"instances\":[[5.1,3.5,1.4,0.2]]}"
      EXPECTED = "200"
    }
  }

  depends_on = [aws_iam_role_policy.probe_permissions]
}

resource "aws_cloudwatch_log_group" "probe_logs" {
  name              = "/aws/lambda/${split(":", aws_synthetics_canary.probe.engine_arn)[6]}"
  retention_in_days = 30
}
