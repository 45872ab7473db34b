{
  "Comment": "Flow main of kinds_of_a_user.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Told",
  "States": {
    "Told": {
      "Type": "Task",
      "Resource": "arn:aws:states:::sns:publish",
      "Arguments": {
        "TopicArn": "${team_inbox_arn}",
        "Message": "{% $states.context.Execution.Input.x %}",
        "Subject": "news"
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
