# Generated from showcase.mlops by mlopsc: change the spec, not this file.

variable "training_tar_output_path" {
  description = "data.archive_file.training_tar.output_path of module lambda"
  type        = string
}

variable "training_tar_output_sha256" {
  description = "data.archive_file.training_tar.output_sha256 of module lambda"
  type        = string
}
