# Generated from showcase.mlops by mlopsc: change the spec, not this file.

output "alerts_arn" {
  description = "aws_sns_topic.alerts.arn"
  value       = aws_sns_topic.alerts.arn
}
