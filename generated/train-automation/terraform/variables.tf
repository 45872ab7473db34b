# Generated from train-automation.mlops by mlopsc: change the spec, not this file.

variable "localstack_endpoint" {
  description = "Where LocalStack listens"
  type        = string
  default     = "http://localhost:4566"
}
