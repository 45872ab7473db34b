# Generated from codepipeline.mlops by mlopsc: change the spec, not this file.

resource "aws_cloudwatch_metric_alarm" "predictor_failing" {
  alarm_name          = "ml-infra-pipelines-predictor-failing"
  alarm_description   = "ml-infra-pipelines-predictor: requests fail; an update that is under way goes back"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"

  metric_query {
    id          = "m1"
    return_data = true

    metric {
      namespace   = "AWS/SageMaker"
      metric_name = "Invocation5XXErrors"
      dimensions = {
        EndpointName = "ml-infra-pipelines-predictor"
        VariantName  = "main"
      }
      stat   = "Sum"
      period = 60
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "probe_failing" {
  alarm_name          = "ml-infra-pipelines-probe-failing"
  alarm_description   = "ml-infra-pipelines-probe: fewer than 60 % of the checks of the API went well"
  comparison_operator = "LessThanThreshold"
  threshold           = 60
  evaluation_periods  = 1
  treat_missing_data  = "missing"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]

  metric_query {
    id          = "m1"
    return_data = true

    metric {
      namespace   = "CloudWatchSynthetics"
      metric_name = "SuccessPercent"
      dimensions = {
        CanaryName = aws_synthetics_canary.probe.name
      }
      stat   = "Average"
      period = 7200
    }
  }
}
