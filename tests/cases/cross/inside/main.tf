# Machines and items inside of Terraform are held against roles, tables and each other, as files are.

resource "aws_dynamodb_table" "pipelines" {
  name         = "pipelines"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "name"
  attribute {
    name = "name"
    type = "S"
  }
}

resource "aws_dynamodb_table_item" "demo" {
  table_name = aws_dynamodb_table.pipelines.name
  hash_key   = "name"
  item = jsonencode({
    nmae           = { S = "demo" }
    transform_para = { M = { job_name = { S = "transform" } } }
  })
}

resource "aws_iam_role" "machine" {
  name               = "machine"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "aws_iam_role_policy" "machine" {
  role   = aws_iam_role.machine.id
  policy = <<-EOT
    {
      "Version": "2012-10-17",
      "Statement": [{
        "Effect": "Allow",
        "Action": ["dynamodb:GetItem", "sns:Publish"],
        "Resource": "${aws_dynamodb_table.pipelines.arn}"
      }]
    }
  EOT
}

resource "aws_sfn_state_machine" "encoded" {
  name     = "encoded"
  role_arn = aws_iam_role.machine.arn
  definition = jsonencode({
    StartAt = "Load"
    States = {
      Load = {
        Type       = "Task"
        Resource   = "arn:aws:states:::dynamodb:getItem"
        Parameters = { TableName = "pipelins", Key = { name = { "S.$" = "$.name" } } }
        ResultPath = "$.pipeline"
        Next       = "Name"
      }
      Name = {
        Type       = "Pass"
        Parameters = { "job.$" = "$.pipeline.Item.tansform_para.M.job_name.S" }
        Next       = "Queue"
      }
      Queue = {
        Type       = "Task"
        Resource   = "arn:aws:states:::sqs:sendMessage"
        Parameters = { QueueUrl = var.queue, "MessageBody.$" = "$.job" }
        End        = true
      }
    }
  })
}

variable "queue" { type = string }

resource "aws_iam_role" "other" {
  name               = "other"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "aws_iam_role_policy" "other" {
  role   = aws_iam_role.other.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "lambda:InvokeFunction", Resource = "*" }] })
}

resource "aws_sfn_state_machine" "heredoc" {
  name       = "heredoc"
  role_arn   = aws_iam_role.other.arn
  definition = <<-EOT
    {
      "StartAt": "Tell",
      "States": {
        "Tell": {
          "Type": "Task",
          "Resource": "arn:aws:states:::sns:publish",
          "Parameters": {"TopicArn": "${var.queue}", "Message": "x"},
          "End": true
        }
      }
    }
  EOT
}
