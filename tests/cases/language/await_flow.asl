{
  "Comment": "Flow child of await_flow.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Work",
  "States": {
    "Work": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "token": "{% $states.context.Execution.Input.token %}",
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
      "Output": {},
      "End": true
    }
  }
}
{
  "Comment": "Flow main of await_flow.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Answer",
  "States": {
    "Answer": {
      "Type": "Task",
      "Resource": "arn:aws:states:::states:startExecution.waitForTaskToken",
      "Arguments": {
        "StateMachineArn": "${child_arn}",
        "Input": {
          "token": "{% $states.context.Task.Token %}",
          "x": "{% $states.context.Execution.Input.x %}",
          "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID": "{% $states.context.Execution.Id %}"
        },
        "Name": "{% \"child-\" & $states.context.Execution.Input.x %}"
      },
      "TimeoutSeconds": 3600,
      "Output": {
        "ok": "{% $type($states.result) = \"object\" ? $states.result.ok %}"
      },
      "End": true
    }
  }
}
