resource "aws_iam_role" "machine" {
  name = "training"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "states.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "machine" {
  role = aws_iam_role.machine.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "dynamodb:GetItem", Resource = aws_dynamodb_table.pipelines.arn },
      { Effect = "Allow", Action = "lambda:InvokeFunction", Resource = aws_lambda_function.prepare.arn },
      { Effect = "Allow", Action = ["sns:Publish"], Resource = aws_sns_topic.done.arn },
      { Effect = "Allow", Action = ["sqs:SendMessage"], Resource = aws_sqs_queue.jobs.arn },
    ]
  })
}

resource "aws_sfn_state_machine" "training" {
  name     = "training"
  role_arn = aws_iam_role.machine.arn
  definition = templatefile("${path.module}/statemachines/training.asl.json", {
    table = aws_dynamodb_table.pipelines.name
    topic = aws_sns_topic.done.arn
    queue = aws_sqs_queue.jobs.url
  })
}
