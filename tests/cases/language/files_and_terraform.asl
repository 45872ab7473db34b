{
  "Comment": "Flow main of files_and_terraform.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Told",
  "States": {
    "Told": {
      "Type": "Task",
      "Resource": "arn:aws:states:::sns:publish",
      "Arguments": {
        "TopicArn": "${done_arn}",
        "Message": "{% $states.context.Execution.Input.x & \" from \" & ${email_json} %}"
      },
      "TimeoutSeconds": 300,
      "Retry": [
        {
          "ErrorEquals": [
            "SNS.ThrottledException",
            "SNS.InternalErrorException"
          ],
          "IntervalSeconds": 2,
          "MaxAttempts": 6,
          "BackoffRate": 2,
          "JitterStrategy": "FULL"
        }
      ],
      "Output": {},
      "End": true
    }
  }
}
