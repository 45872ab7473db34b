# Generated from showcase.mlops by mlopsc: change the spec, not this file.

output "training_tar_output_path" {
  description = "data.archive_file.training_tar.output_path"
  value       = data.archive_file.training_tar.output_path
}

output "training_tar_output_sha256" {
  description = "data.archive_file.training_tar.output_sha256"
  value       = data.archive_file.training_tar.output_sha256
}

output "prepare_zip_output_path" {
  description = "data.archive_file.prepare_zip.output_path"
  value       = data.archive_file.prepare_zip.output_path
}

output "prepare_zip_output_base64sha256" {
  description = "data.archive_file.prepare_zip.output_base64sha256"
  value       = data.archive_file.prepare_zip.output_base64sha256
}

output "smoke_zip_output_path" {
  description = "data.archive_file.smoke_zip.output_path"
  value       = data.archive_file.smoke_zip.output_path
}

output "smoke_zip_output_base64sha256" {
  description = "data.archive_file.smoke_zip.output_base64sha256"
  value       = data.archive_file.smoke_zip.output_base64sha256
}

output "drift_run_zip_output_path" {
  description = "data.archive_file.drift_run_zip.output_path"
  value       = data.archive_file.drift_run_zip.output_path
}

output "drift_run_zip_output_base64sha256" {
  description = "data.archive_file.drift_run_zip.output_base64sha256"
  value       = data.archive_file.drift_run_zip.output_base64sha256
}
