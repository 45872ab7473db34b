# Generated from codepipeline.mlops by mlopsc: change the spec, not this file.

variable "alert_email" {
  description = "Who is told by e-mail when something fails; empty for nobody"
  type        = string
  default     = ""
}
