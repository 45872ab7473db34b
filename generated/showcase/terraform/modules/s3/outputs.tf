# Generated from showcase.mlops by mlopsc: change the spec, not this file.

output "data_arn" {
  description = "aws_s3_bucket.data.arn"
  value       = aws_s3_bucket.data.arn
}

output "data_id" {
  description = "aws_s3_bucket.data.id"
  value       = aws_s3_bucket.data.id
}
