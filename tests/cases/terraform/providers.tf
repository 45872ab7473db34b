# Providers that are required, and those that nobody requires.

terraform {
  required_version = ">= 1.5.0-beta1"
  required_providers {
    aws     = { source = "hashicorp/aws", version = "~> 6.0" }
    datadog = { source = "DataDog/datadog", version = "> = 3" }
    tools   = { source = "registry.example.com/team/tools" }
    broken  = { source = "one/two/three/four" }
    spaced  = { source = "not valid/x" }
  }
}

resource "awss_sns_topic" "slip" {}

resource "datdog_monitor" "slip" {}

resource "datadog_monitor" "fine" {}

resource "github_repository" "not_required_and_fine" {}
