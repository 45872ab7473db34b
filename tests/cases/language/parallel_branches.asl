{
  "Comment": "Flow main of parallel_branches.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Both",
  "States": {
    "Both": {
      "Type": "Parallel",
      "Branches": [
        {
          "StartAt": "Return",
          "States": {
            "Return": {
              "Type": "Succeed",
              "Output": {
                "side": "l",
                "x": "{% $states.context.Execution.Input.x %}"
              }
            }
          }
        },
        {
          "StartAt": "A",
          "States": {
            "A": {
              "Type": "Task",
              "Resource": "arn:aws:states:::lambda:invoke",
              "Arguments": {
                "FunctionName": "${work_arn}",
                "Payload": {
                  "x": "{% $states.context.Execution.Input.x %}"
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
                "side": "r",
                "a": "{% $states.result.Payload %}"
              },
              "End": true
            }
          }
        }
      ],
      "Output": {
        "l": "{% { \"left\": $states.result[0], \"right\": $states.result[1] }.left.side %}",
        "r": "{% { \"left\": $states.result[0], \"right\": $states.result[1] }.right.a %}"
      },
      "End": true
    }
  }
}
