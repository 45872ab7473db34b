# Generated from showcase.mlops by mlopsc: change the spec, not this file.

variable "alert_email" {
  description = "Where alarms are sent; empty for none"
  type        = string
  default     = ""
}

variable "latency_threshold_ms" {
  description = "Model latency in milliseconds above which an alarm goes off"
  type        = number
  default     = 5000
}

variable "serverless_memory_size" {
  description = "Memory of the endpoint in MB, 1024 to 6144"
  type        = number
  default     = 2048
}

variable "serverless_max_concurrency" {
  description = "Requests that the endpoint serves at a time"
  type        = number
  default     = 1
}

variable "data_capture_sampling_percentage" {
  description = "The share of requests that is kept for drift detection"
  type        = number
  default     = 100
}
