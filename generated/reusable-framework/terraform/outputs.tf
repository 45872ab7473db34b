# Generated from reusable-framework.mlops by mlopsc: change the spec, not this file.

output "data_aws_partition_current_partition" {
  description = "Read by commands"
  value       = data.aws_partition.current.partition
}

output "var_region" {
  description = "Read by commands"
  value       = var.region
}
