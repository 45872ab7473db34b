# Generated from showcase.mlops by mlopsc: change the spec, not this file.

variable "alert_email" {
  description = "Where alarms are sent; empty for none"
  type        = string
}

variable "alerts_own_arn" {
  description = "aws_kms_key.alerts_own.arn of module secrets"
  type        = string
}
