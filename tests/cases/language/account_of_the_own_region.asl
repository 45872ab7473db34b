{
  "Comment": "Flow main of account_of_the_own_region.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Serve",
  "States": {
    "Serve": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${serve_arn}",
        "Payload": {
          "x": "{% $states.context.Execution.Input.x %}"
        }
      },
      "Credentials": {
        "RoleArn": "arn:${data_aws_partition_current_partition}:iam::210987654321:role/own-region-access"
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
