# Generated from reusable-framework.mlops by mlopsc: change the spec, not this file.

variable "account_id" {
  description = "The account that is deployed to; others are refused"
  type        = string
  default     = "123456789012"

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id is no account: it is to match ^[0-9]{12}$."
  }
}

variable "bucket_name" {
  description = "The S3 bucket, which exists, for code, data and models"
  type        = string
  default     = "demo-ml-artifacts"
}

variable "region" {
  description = "The region that is deployed to"
  type        = string
  default     = "us-east-1"
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
