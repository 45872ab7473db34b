# Generated from showcase.mlops by mlopsc: change the spec, not this file.

output "value_1" {
  description = "Read by commands"
  value       = split("/", replace("s3://${aws_s3_bucket.data.id}/baseline.csv", "s3://", ""))[0]
}
