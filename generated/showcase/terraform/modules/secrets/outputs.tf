# Generated from showcase.mlops by mlopsc: change the spec, not this file.

output "alerts_own_arn" {
  description = "aws_kms_key.alerts_own.arn"
  value       = aws_kms_key.alerts_own.arn
}
