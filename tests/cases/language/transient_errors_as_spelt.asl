{
  "Comment": "Flow main of transient_errors_as_spelt.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Take",
  "States": {
    "Take": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:sqs:receiveMessage",
      "Arguments": {
        "QueueUrl": "${days_url}"
      },
      "TimeoutSeconds": 300,
      "Retry": [
        {
          "ErrorEquals": [
            "Sqs.RequestThrottledException"
          ],
          "IntervalSeconds": 2,
          "MaxAttempts": 6,
          "BackoffRate": 2,
          "JitterStrategy": "FULL"
        }
      ],
      "Assign": {
        "Take": "{% $states.result %}"
      },
      "Next": "Send"
    },
    "Send": {
      "Type": "Task",
      "Resource": "arn:aws:states:::sqs:sendMessage",
      "Arguments": {
        "QueueUrl": "${days_url}",
        "MessageBody": "{% $states.context.Execution.Input.x %}"
      },
      "TimeoutSeconds": 300,
      "Retry": [
        {
          "ErrorEquals": [
            "SQS.RequestThrottledException"
          ],
          "IntervalSeconds": 2,
          "MaxAttempts": 6,
          "BackoffRate": 2,
          "JitterStrategy": "FULL"
        }
      ],
      "Output": {
        "taken": "{% $Take.Messages != null %}"
      },
      "End": true
    }
  }
}
