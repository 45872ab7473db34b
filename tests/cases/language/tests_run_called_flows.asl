{
  "Comment": "Flow order of tests_run_called_flows.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Quote",
  "States": {
    "Quote": {
      "Type": "Task",
      "Resource": "arn:aws:states:::states:startExecution.sync:2",
      "Arguments": {
        "StateMachineArn": "${quote_arn}",
        "Input": {
          "item": "{% $states.context.Execution.Input.item %}",
          "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID": "{% $states.context.Execution.Id %}"
        }
      },
      "TimeoutSeconds": 86400,
      "Output": {
        "ordered": "{% $type($states.result) = \"object\" ? $states.result.Output.item %}",
        "worth": "{% $type($states.result) = \"object\" ? $states.result.Output.cents %}"
      },
      "End": true
    }
  }
}
{
  "Comment": "Flow order_later of tests_run_called_flows.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "quote",
  "States": {
    "quote": {
      "Type": "Task",
      "Resource": "arn:aws:states:::states:startExecution",
      "Arguments": {
        "StateMachineArn": "${quote_arn}",
        "Input": {
          "item": "{% $states.context.Execution.Input.item %}",
          "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID": "{% $states.context.Execution.Id %}"
        }
      },
      "TimeoutSeconds": 300,
      "Output": {
        "item": "{% $states.context.Execution.Input.item %}"
      },
      "End": true
    }
  }
}
{
  "Comment": "Flow quote of tests_run_called_flows.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "If item == \"gold\"",
  "States": {
    "If item == \"gold\"": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $states.context.Execution.Input.item = \"gold\" %}",
          "Next": "TooDear"
        }
      ],
      "Default": "Price"
    },
    "TooDear": {
      "Type": "Fail",
      "Error": "TooDear",
      "Cause": "no gold today"
    },
    "Price": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${price_arn}",
        "Payload": {
          "item": "{% $states.context.Execution.Input.item %}"
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
        "item": "{% $states.context.Execution.Input.item %}",
        "cents": "{% $states.result.Payload.cents %}"
      },
      "End": true
    }
  }
}
