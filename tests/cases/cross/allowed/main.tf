# Findings in documents inside of Terraform are allowed like others: in the file, or by the document's own comment.

resource "aws_iam_role" "r" {
  name               = "r"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "aws_sfn_state_machine" "encoded" {
  name     = "encoded"
  role_arn = aws_iam_role.r.arn
  definition = jsonencode({
    StartAt = "Wait"
    States = {
      Wait = {
        Type = "Wait"
        # mlopsc: allow V1014 because this is how it is allowed
        Seconds = -5
        End     = true
      }
    }
  })
}

resource "aws_sfn_state_machine" "heredoc" {
  name       = "heredoc"
  role_arn   = aws_iam_role.r.arn
  definition = <<-EOT
    {
      "StartAt": "Wait",
      "States": {
        "Wait": {
          "Comment": "mlopsc: allow V1014 because this is how it is allowed",
          "Type": "Wait",
          "Seconds": -5,
          "End": true
        }
      }
    }
  EOT
}

resource "aws_sfn_state_machine" "not_allowed" {
  name       = "not-allowed"
  role_arn   = aws_iam_role.r.arn
  definition = <<-EOT
    {
      "StartAt": "Wait",
      "States": {
        "Wait": {"Comment": "mlopsc: allow V1015 because nothing is there", "Type": "Wait", "Seconds": -5, "End": true}
      }
    }
  EOT
}
