# Generated from showcase.mlops by mlopsc: change the spec, not this file.

resource "aws_cloudwatch_metric_alarm" "latency" {
  alarm_name          = "mlops-showcase-latency"
  alarm_description   = "mlops-showcase-latency: above the threshold"
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.latency_threshold_ms
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alerts_arn]
  ok_actions          = [var.alerts_arn]

  metric_query {
    id          = "result"
    expression  = "(m1 / 1000)"
    label       = "latency"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/SageMaker"
      metric_name = "ModelLatency"
      dimensions = {
        EndpointName = "mlops-showcase-predictor"
        VariantName  = "main"
      }
      stat   = "Average"
      period = 300
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "mlops-showcase-errors"
  alarm_description   = "mlops-showcase-errors: above the threshold"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0.05
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alerts_arn]
  ok_actions          = [var.alerts_arn]

  metric_query {
    id          = "result"
    expression  = "(m1 + m2) / m3"
    label       = "errors"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/SageMaker"
      metric_name = "Invocation4XXErrors"
      dimensions = {
        EndpointName = "mlops-showcase-predictor"
        VariantName  = "main"
      }
      stat   = "Sum"
      period = 300
    }
  }

  metric_query {
    id          = "m2"
    return_data = false

    metric {
      namespace   = "AWS/SageMaker"
      metric_name = "Invocation5XXErrors"
      dimensions = {
        EndpointName = "mlops-showcase-predictor"
        VariantName  = "main"
      }
      stat   = "Sum"
      period = 300
    }
  }

  metric_query {
    id          = "m3"
    return_data = false

    metric {
      namespace   = "AWS/SageMaker"
      metric_name = "Invocations"
      dimensions = {
        EndpointName = "mlops-showcase-predictor"
        VariantName  = "main"
      }
      stat   = "Sum"
      period = 300
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "drift_high" {
  alarm_name          = "mlops-showcase-drift-score"
  alarm_description   = "Requests of mlops-showcase-predictor are not what it was trained on"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0.2
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alerts_arn]
  ok_actions          = [var.alerts_arn]

  metric_query {
    id          = "m1"
    return_data = true

    metric {
      namespace   = "MLOps/Drift"
      metric_name = "Score"
      dimensions = {
        Endpoint = "mlops-showcase-predictor"
      }
      stat   = "Maximum"
      period = 3600
    }
  }
}

resource "aws_cloudwatch_dashboard" "health" {
  dashboard_name = "mlops-showcase-health"
  dashboard_body = jsonencode({
    widgets = [
      {
        type   = "alarm"
        width  = 24
        height = 3
        properties = {
          title  = "Alarms"
          alarms = [aws_cloudwatch_metric_alarm.latency.arn, aws_cloudwatch_metric_alarm.errors.arn]
        }
      },
      {
        type   = "metric"
        width  = 8
        height = 6
        properties = {
          title   = "Invocations"
          region  = "us-east-1"
          view    = "timeSeries"
          stacked = false
          period  = 300
          metrics = [
            [
              "AWS/SageMaker",
              "Invocations",
              "EndpointName",
              "mlops-showcase-predictor",
              "VariantName",
              "main",
              {
                id      = "m1"
                stat    = "Sum"
                label   = "Invocations"
                visible = true
              },
            ],
          ]
        }
      },
      {
        type   = "metric"
        width  = 8
        height = 6
        properties = {
          title   = "Model latency (ms)"
          region  = "us-east-1"
          view    = "timeSeries"
          stacked = false
          period  = 300
          metrics = [
            [{
              expression = "(m1 / 1000)"
              id         = "result"
              label      = "Model latency (ms)"
            }],
            [
              "AWS/SageMaker",
              "ModelLatency",
              "EndpointName",
              "mlops-showcase-predictor",
              "VariantName",
              "main",
              {
                id      = "m1"
                stat    = "Average"
                label   = "Model latency (ms)"
                visible = false
              },
            ],
          ]
        }
      },
      {
        type   = "metric"
        width  = 8
        height = 6
        properties = {
          title   = "4XX errors"
          region  = "us-east-1"
          view    = "timeSeries"
          stacked = false
          period  = 300
          metrics = [
            [
              "AWS/SageMaker",
              "Invocation4XXErrors",
              "EndpointName",
              "mlops-showcase-predictor",
              "VariantName",
              "main",
              {
                id      = "m1"
                stat    = "Sum"
                label   = "4XX errors"
                visible = true
              },
            ],
          ]
        }
      },
      {
        type   = "metric"
        width  = 8
        height = 6
        properties = {
          title   = "5XX errors"
          region  = "us-east-1"
          view    = "timeSeries"
          stacked = false
          period  = 300
          metrics = [
            [
              "AWS/SageMaker",
              "Invocation5XXErrors",
              "EndpointName",
              "mlops-showcase-predictor",
              "VariantName",
              "main",
              {
                id      = "m1"
                stat    = "Sum"
                label   = "5XX errors"
                visible = true
              },
            ],
          ]
        }
      },
      {
        type   = "metric"
        width  = 8
        height = 6
        properties = {
          title   = "Memory (%)"
          region  = "us-east-1"
          view    = "timeSeries"
          stacked = false
          period  = 300
          metrics = [
            [
              "/aws/sagemaker/Endpoints",
              "MemoryUtilization",
              "EndpointName",
              "mlops-showcase-predictor",
              "VariantName",
              "main",
              {
                id      = "m1"
                stat    = "Average"
                label   = "Memory (%)"
                visible = true
              },
            ],
          ]
        }
      },
      {
        type   = "metric"
        width  = 8
        height = 6
        properties = {
          title   = "Concurrency used"
          region  = "us-east-1"
          view    = "timeSeries"
          stacked = false
          period  = 300
          metrics = [
            [
              "AWS/SageMaker",
              "ServerlessConcurrentExecutionsUtilization",
              "EndpointName",
              "mlops-showcase-predictor",
              "VariantName",
              "main",
              {
                id      = "m1"
                stat    = "Maximum"
                label   = "Concurrency used"
                visible = true
              },
            ],
          ]
        }
      },
      {
        type   = "metric"
        width  = 8
        height = 6
        properties = {
          title   = "Drift (PSI)"
          region  = "us-east-1"
          view    = "timeSeries"
          stacked = false
          period  = 300
          metrics = [
            [
              "MLOps/Drift",
              "Score",
              "Endpoint",
              "mlops-showcase-predictor",
              {
                id      = "m1"
                stat    = "Maximum"
                label   = "Drift (PSI)"
                visible = true
              },
            ],
          ]
        }
      },
    ]
  })
}
