{
  "Comment": "Flow main of for_list_break_else.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Set item_list",
  "States": {
    "Set item_list": {
      "Type": "Pass",
      "Assign": {
        "item_list": "{% $states.context.Execution.Input.list %}",
        "item_index": 0
      },
      "Next": "For item"
    },
    "For item": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $item_index <= $count($item_list) - 1 %}",
          "Next": "Try"
        }
      ],
      "Default": "NoneGood"
    },
    "Try": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "item": "{% $item_list[$item_index] %}"
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
        "Try": "{% $states.result.Payload %}"
      },
      "Next": "If Try.ok"
    },
    "If Try.ok": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% ($type($Try) = \"object\" ? $Try.ok) = true %}",
          "Next": "Return"
        }
      ],
      "Assign": {
        "item_index": "{% $item_index + 1 %}"
      },
      "Default": "For item"
    },
    "NoneGood": {
      "Type": "Fail",
      "Error": "NoneGood",
      "Cause": "{% \"tried \" & $count($states.context.Execution.Input.list) %}"
    },
    "Return": {
      "Type": "Succeed",
      "Output": {
        "good": "{% $type($Try) = \"object\" ? $Try.name %}"
      }
    }
  }
}
