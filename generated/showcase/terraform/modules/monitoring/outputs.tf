# Generated from showcase.mlops by mlopsc: change the spec, not this file.

output "health_dashboard_name" {
  description = "aws_cloudwatch_dashboard.health.dashboard_name"
  value       = aws_cloudwatch_dashboard.health.dashboard_name
}
