{
  "Comment": "Flow drain of flow_goes_on.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Set turn",
  "States": {
    "Set turn": {
      "Type": "Pass",
      "Assign": {
        "turn": 1
      },
      "Next": "For turn"
    },
    "For turn": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $turn <= 3 %}",
          "Next": "Page"
        }
      ],
      "Default": "drain"
    },
    "Page": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "page": "{% ($states.context.Execution.Input.page != null ? $states.context.Execution.Input.page : 0) + $turn %}"
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
      "Assign": {
        "Page": "{% $states.result.Payload %}"
      },
      "Next": "If not Page.more"
    },
    "If not Page.more": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $not(($type($Page) = \"object\" ? $Page.more) = true) %}",
          "Next": "Return"
        }
      ],
      "Assign": {
        "turn": "{% $turn + 1 %}"
      },
      "Default": "For turn"
    },
    "Return": {
      "Type": "Succeed",
      "Output": {
        "pages": "{% ($states.context.Execution.Input.page != null ? $states.context.Execution.Input.page : 0) + $turn %}"
      }
    },
    "drain": {
      "Type": "Task",
      "Resource": "arn:aws:states:::states:startExecution",
      "Arguments": {
        "StateMachineArn": "arn:${data_aws_partition_current_partition}:states:us-east-1:${data_aws_caller_identity_current_account_id}:stateMachine:shop",
        "Input": {
          "page": "{% ($states.context.Execution.Input.page != null ? $states.context.Execution.Input.page : 0) + 3 %}",
          "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID": "{% $states.context.Execution.Id %}"
        }
      },
      "TimeoutSeconds": 300,
      "Output": {
        "pages": "{% ($states.context.Execution.Input.page != null ? $states.context.Execution.Input.page : 0) + 3 %}"
      },
      "End": true
    }
  }
}
