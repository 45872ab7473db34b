# Generated from showcase.mlops by mlopsc: change the spec, not this file.

variable "latency_threshold_ms" {
  description = "Model latency in milliseconds above which an alarm goes off"
  type        = number
}

variable "alerts_arn" {
  description = "aws_sns_topic.alerts.arn of module notifications"
  type        = string
}
