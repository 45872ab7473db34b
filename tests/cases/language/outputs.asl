{
  "Comment": "Flow main of outputs.mlops: No word is reserved: here `output` is a step.",
  "QueryLanguage": "JSONata",
  "StartAt": "output",
  "States": {
    "output": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "x": "{% $states.context.Execution.Input.x %}",
          "tags": {
            "pipeline": "shop",
            "team": "care"
          }
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
      "Output": {
        "answer": "{% $states.result.Payload %}"
      },
      "End": true
    }
  }
}
