# Terraform takes no null for what it reads of a declaration itself.
variable "region" {
  description = null
  nullable    = false
  default     = null
}

variable "zone" {
  default = null
}

output "place" {
  value     = "${var.region}${var.zone}"
  sensitive = null
}

resource "terraform_data" "cell" {
  input = file("${path.module}/codebuild/gone.yml")

  lifecycle {
    prevent_destroy = null
  }
}

resource "terraform_data" "pack" {
  input = file("${path.module}/build/made.yml")
}
