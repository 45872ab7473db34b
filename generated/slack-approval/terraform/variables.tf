# Generated from slack-approval.mlops by mlopsc: change the spec, not this file.

variable "stage_account" {
  description = "The account of the stage environment"
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.stage_account))
    error_message = "stage_account is no account: it is to match ^[0-9]{12}$."
  }
}

variable "prod_account" {
  description = "The account of the production environment"
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.prod_account))
    error_message = "prod_account is no account: it is to match ^[0-9]{12}$."
  }
}

variable "slack_workspace" {
  description = "The id of the Slack workspace, T…"
  type        = string
}

variable "slack_channel" {
  description = "The id of the Slack channel, C…"
  type        = string
}
