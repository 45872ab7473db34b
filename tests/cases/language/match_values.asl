{
  "Comment": "Flow main of match_values.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Set kind",
  "States": {
    "Set kind": {
      "Type": "Pass",
      "Output": {
        "kind": "{% $states.context.Execution.Input.x = \"a\" or $states.context.Execution.Input.x = \"b\" ? \"letter\" : ($states.context.Execution.Input.x = \"1\" ? \"digit\" : \"other\") %}"
      },
      "End": true
    }
  }
}
{
  "Comment": "Flow parenthesized of match_values.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Set kind",
  "States": {
    "Set kind": {
      "Type": "Pass",
      "Assign": {
        "kind": "{% ($states.context.Execution.Input.n != null ? $states.context.Execution.Input.n : 0) > 5 = true ? \"large\" : \"small\" %}"
      },
      "Next": "Work"
    },
    "Work": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "kind": "{% $kind %}"
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
