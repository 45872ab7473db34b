# Generated from codepipeline.mlops by mlopsc: change the spec, not this file.

resource "aws_iam_role" "inference_role" {
  name = "ml-infra-pipelines-inference-routes"
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

resource "aws_iam_role_policy" "inference_calls" {
  name = "calls"
  role = aws_iam_role.inference_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["lambda:InvokeFunction"]
      Resource = [aws_lambda_function.infer.arn]
    }]
  })
}

resource "aws_api_gateway_rest_api" "inference" {
  name = "ml-infra-pipelines-inference"
  body = jsonencode({
    openapi = "3.0.1"
    info = {
      title   = "ml-infra-pipelines-inference"
      version = "1"
    }
    components = {
      securitySchemes = {
        iam = {
          type                         = "apiKey"
          name                         = "Authorization"
          in                           = "header"
          x-amazon-apigateway-authtype = "awsSigv4"
        }
      }
    }
    x-amazon-apigateway-request-validators = {
      all = {
        validateRequestBody       = true
        validateRequestParameters = true
      }
    }
    paths = {
      "/predict" = {
        post = {
          operationId = "predict"
          requestBody = {
            required = true
            content = {
              "application/json" = {
                schema = {
                  type     = "object"
                  required = ["instances"]
                  properties = {
                    instances = {
                      type     = "array"
                      minItems = 1
                    }
                  }
                }
              }
            }
          }
          security = [{
            iam = []
          }]
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
            uri         = "arn:${data.aws_partition.current.partition}:apigateway:ap-southeast-1:lambda:path/2015-03-31/functions/${aws_lambda_function.infer.arn}/invocations"
            credentials = aws_iam_role.inference_role.arn
          }
        }
      }
    }
  })

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_deployment" "inference_current" {
  rest_api_id = aws_api_gateway_rest_api.inference.id
  triggers = {
    body = sha1(aws_api_gateway_rest_api.inference.body)
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudwatch_log_group" "inference_requests" {
  name              = "/aws/apigateway/ml-infra-pipelines-inference/requests"
  retention_in_days = 30
}

resource "aws_cloudwatch_log_group" "inference_executions" {
  name              = "API-Gateway-Execution-Logs_${aws_api_gateway_rest_api.inference.id}/live"
  retention_in_days = 30
}

resource "aws_api_gateway_stage" "inference_live" {
  rest_api_id          = aws_api_gateway_rest_api.inference.id
  deployment_id        = aws_api_gateway_deployment.inference_current.id
  stage_name           = "live"
  xray_tracing_enabled = true

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.inference_requests.arn
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

  depends_on = [aws_cloudwatch_log_group.inference_executions, aws_api_gateway_account.inference_role_of_logs]
}

resource "aws_api_gateway_method_settings" "inference_settings" {
  rest_api_id = aws_api_gateway_rest_api.inference.id
  stage_name  = aws_api_gateway_stage.inference_live.stage_name
  method_path = "*/*"

  settings {
    logging_level          = "ERROR"
    data_trace_enabled     = false
    metrics_enabled        = true
    throttling_rate_limit  = 50
    throttling_burst_limit = 100
  }
}

resource "aws_iam_role" "inference_logger" {
  name = "ml-infra-pipelines-inference-logs"
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

resource "aws_iam_role_policy_attachment" "inference_logging" {
  role       = aws_iam_role.inference_logger.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"
}

resource "aws_api_gateway_account" "inference_role_of_logs" {
  cloudwatch_role_arn = aws_iam_role.inference_logger.arn
  depends_on          = [aws_iam_role_policy_attachment.inference_logging]
}
