# Generated from slack-approval.mlops by mlopsc: change the spec, not this file.

provider "aws" {
  region = "eu-west-1"

  default_tags {
    tags = {
      pipeline = "mlops-release"
    }
  }
}

provider "aws" {
  alias  = "stage"
  region = "eu-west-1"

  default_tags {
    tags = {
      pipeline = "mlops-release"
    }
  }

  assume_role {
    role_arn = "arn:aws:iam::${var.stage_account}:role/OrganizationAccountAccessRole"
  }
}

provider "aws" {
  alias  = "prod"
  region = "eu-west-1"

  default_tags {
    tags = {
      pipeline = "mlops-release"
    }
  }

  assume_role {
    role_arn = "arn:aws:iam::${var.prod_account}:role/OrganizationAccountAccessRole"
  }
}
