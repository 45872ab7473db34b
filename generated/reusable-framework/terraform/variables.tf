# Generated from reusable-framework.mlops by mlopsc: change the spec, not this file.

variable "artifact_bucket" {
  description = "Existing S3 bucket that stores the artifacts"
  type        = string
}

variable "prefix" {
  description = "What every name begins with"
  type        = string
  default     = "demo"
}

variable "environment" {
  description = "The environment that is deployed"
  type        = string
  default     = "dev"
}
