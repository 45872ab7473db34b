# Generated from slack-approval.mlops by mlopsc: change the spec, not this file.

resource "aws_iam_role" "releases_callback_role" {
  name = "mlops-release-releases-callback-routes"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "apigateway.amazonaws.com"
      }
    }]
  })
}

resource "aws_iam_role_policy" "releases_callback_calls" {
  name = "calls"
  role = aws_iam_role.releases_callback_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["lambda:InvokeFunction"]
      Resource = [aws_lambda_function.releases_answers.arn]
    }]
  })
}

resource "aws_api_gateway_rest_api" "releases_callback" {
  name = "mlops-release-releases-callback"
  body = jsonencode({
    openapi = "3.0.1"
    info = {
      title   = "mlops-release-releases-callback"
      version = "1"
    }
    components = {
      securitySchemes = {}
    }
    x-amazon-apigateway-request-validators = {
      all = {
        validateRequestBody       = true
        validateRequestParameters = true
      }
    }
    paths = {
      "/answer" = {
        post = {
          operationId = "answer"
          responses = {
            "200" = {
              description = "Done"
            }
            "400" = {
              description = "The request is wrong"
            }
            "502" = {
              description = "It failed behind the API"
            }
          }
          x-amazon-apigateway-request-validator = "all"
          x-amazon-apigateway-integration = {
            type        = "aws_proxy"
            httpMethod  = "POST"
            uri         = "arn:${data.aws_partition.current.partition}:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${aws_lambda_function.releases_answers.arn}/invocations"
            credentials = aws_iam_role.releases_callback_role.arn
          }
        }
      }
    }
  })

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_deployment" "releases_callback_current" {
  rest_api_id = aws_api_gateway_rest_api.releases_callback.id
  triggers = {
    body = sha1(aws_api_gateway_rest_api.releases_callback.body)
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudwatch_log_group" "releases_callback_requests" {
  name              = "/aws/apigateway/mlops-release-releases-callback/requests"
  retention_in_days = 30
}

resource "aws_cloudwatch_log_group" "releases_callback_executions" {
  name              = "API-Gateway-Execution-Logs_${aws_api_gateway_rest_api.releases_callback.id}/live"
  retention_in_days = 30
}

resource "aws_api_gateway_stage" "releases_callback_live" {
  rest_api_id          = aws_api_gateway_rest_api.releases_callback.id
  deployment_id        = aws_api_gateway_deployment.releases_callback_current.id
  stage_name           = "live"
  xray_tracing_enabled = true

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.releases_callback_requests.arn
    format = jsonencode({
      requestId          = "$context.requestId"
      time               = "$context.requestTime"
      ip                 = "$context.identity.sourceIp"
      caller             = "$context.identity.userArn"
      method             = "$context.httpMethod"
      path               = "$context.resourcePath"
      status             = "$context.status"
      error              = "$context.error.message"
      latency            = "$context.responseLatency"
      integrationLatency = "$context.integrationLatency"
      integrationError   = "$context.integration.error"
    })
  }

  depends_on = [
    aws_cloudwatch_log_group.releases_callback_executions,
    aws_api_gateway_account.releases_callback_role_of_logs,
  ]
}

resource "aws_api_gateway_method_settings" "releases_callback_settings" {
  rest_api_id = aws_api_gateway_rest_api.releases_callback.id
  stage_name  = aws_api_gateway_stage.releases_callback_live.stage_name
  method_path = "*/*"

  settings {
    logging_level          = "ERROR"
    data_trace_enabled     = false
    metrics_enabled        = true
    throttling_rate_limit  = 10
    throttling_burst_limit = 20
  }
}

resource "aws_iam_role" "releases_callback_logger" {
  name = "mlops-release-releases-callback-logs"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "apigateway.amazonaws.com"
      }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "releases_callback_logging" {
  role       = aws_iam_role.releases_callback_logger.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"
}

resource "aws_api_gateway_account" "releases_callback_role_of_logs" {
  cloudwatch_role_arn = aws_iam_role.releases_callback_logger.arn
  depends_on          = [aws_iam_role_policy_attachment.releases_callback_logging]
}
