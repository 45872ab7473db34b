# Generated from showcase.mlops by mlopsc: change the spec, not this file.

resource "aws_cloudwatch_metric_alarm" "latency" {
  alarm_name          = "mlops-showcase-latency"
  alarm_description   = "mlops-showcase-latency: above the threshold"
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.latency_threshold_ms
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]

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
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]

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
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]

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
