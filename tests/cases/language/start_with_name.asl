{
  "Comment": "Flow child of start_with_name.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Work",
  "States": {
    "Work": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "n": "{% $states.context.Execution.Input.n %}"
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
{
  "Comment": "Flow main of start_with_name.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Begun",
  "States": {
    "Begun": {
      "Type": "Task",
      "Resource": "arn:aws:states:::states:startExecution",
      "Arguments": {
        "StateMachineArn": "${child_arn}",
        "Input": {
          "n": 1,
          "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID": "{% $states.context.Execution.Id %}"
        },
        "Name": "{% \"child-\" & $states.context.Execution.Input.x %}"
      },
      "TimeoutSeconds": 300,
      "Assign": {
        "Begun": "{% $states.result %}"
      },
      "Next": "Later"
    },
    "Later": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "InvocationType": "Event",
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
        "name": "{% $type($Begun) = \"object\" ? $Begun.ExecutionArn %}"
      },
      "End": true
    }
  }
}
