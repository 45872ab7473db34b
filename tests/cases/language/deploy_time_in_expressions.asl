{
  "Comment": "Flow main of deploy_time_in_expressions.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "A",
  "States": {
    "A": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "to": "{% \"s3://\" & ${data_id_json} & \"/\" & $states.context.Execution.Input.x %}",
          "note": "{% ${note_json} & \"|\" & $states.context.Execution.Input.x %}",
          "plain": "{% ${note_json} %}",
          "uri": "s3://${data_id}"
        }
      },
      "TimeoutSeconds": 300,
      "Retry": [
        {
          "ErrorEquals": [
            "Lambda.ServiceException",
            "Lambda.AWSLambdaException",
            "Lambda.SdkClientException",
            "Lambda.TooManyRequestsException"
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
