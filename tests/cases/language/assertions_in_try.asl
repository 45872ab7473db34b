{
  "Comment": "Flow main of assertions_in_try.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "If stage is there",
  "States": {
    "If stage is there": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $states.context.Execution.Input.stage != null %}",
          "Assign": {
            "stage_there": "{% $states.context.Execution.Input.stage %}"
          },
          "Next": "Work"
        }
      ],
      "Assign": {
        "e": {
          "Error": "States.QueryEvaluationError",
          "Cause": "stage is missing"
        }
      },
      "Default": "Tell"
    },
    "Work": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "name": "{% $stage_there.name %}"
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
      "Catch": [
        {
          "ErrorEquals": [
            "States.ALL"
          ],
          "Assign": {
            "e": "{% $states.errorOutput %}"
          },
          "Next": "Tell"
        }
      ],
      "Assign": {
        "Work": "{% $states.result.Payload %}"
      },
      "Next": "If stage is there (2)"
    },
    "If stage is there (2)": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $states.context.Execution.Input.stage != null %}",
          "Next": "If stage!.next is there"
        }
      ],
      "Assign": {
        "e": {
          "Error": "States.QueryEvaluationError",
          "Cause": "stage is missing"
        }
      },
      "Default": "Tell"
    },
    "If stage!.next is there": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $states.context.Execution.Input.stage.next != null %}",
          "Next": "If stage!.next!.at == \"now\""
        }
      ],
      "Assign": {
        "e": {
          "Error": "States.QueryEvaluationError",
          "Cause": "stage!.next is missing"
        }
      },
      "Default": "Tell"
    },
    "If stage!.next!.at == \"now\"": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $states.context.Execution.Input.stage.next.at = \"now\" %}",
          "Next": "Again"
        }
      ],
      "Default": "If Work.more is there"
    },
    "Again": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "at": "{% ($stage_there.next != null ? $stage_there.next : $error(\"next is missing\")).at %}"
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
      "Catch": [
        {
          "ErrorEquals": [
            "States.ALL"
          ],
          "Assign": {
            "e": "{% $states.errorOutput %}"
          },
          "Next": "Tell"
        }
      ],
      "Next": "If Work.more is there"
    },
    "If Work.more is there": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $Work.more != null %}",
          "Assign": {
            "part_list": "{% $Work.more.list %}",
            "part_index": 0
          },
          "Next": "For part"
        }
      ],
      "Assign": {
        "e": {
          "Error": "States.QueryEvaluationError",
          "Cause": "Work.more is missing"
        }
      },
      "Default": "Tell"
    },
    "For part": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $part_index <= $count($part_list) - 1 %}",
          "Next": "Part"
        }
      ],
      "Default": "If stage_there.next is there"
    },
    "Part": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "part": "{% $part_list[$part_index] %}"
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
      "Catch": [
        {
          "ErrorEquals": [
            "States.ALL"
          ],
          "Assign": {
            "e": "{% $states.errorOutput %}"
          },
          "Next": "Tell"
        }
      ],
      "Assign": {
        "part_index": "{% $part_index + 1 %}"
      },
      "Next": "For part"
    },
    "If stage_there.next is there": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $stage_there.next != null %}",
          "Next": "Return"
        }
      ],
      "Assign": {
        "e": {
          "Error": "States.QueryEvaluationError",
          "Cause": "stage_there.next is missing"
        }
      },
      "Default": "Tell"
    },
    "Return": {
      "Type": "Succeed",
      "Output": {
        "at": "{% $stage_there.next.at %}"
      }
    },
    "Tell": {
      "Type": "Task",
      "Resource": "arn:aws:states:::sns:publish",
      "Arguments": {
        "TopicArn": "${told_arn}",
        "Message": "{% $e.Error & \": \" & $e.Cause %}"
      },
      "TimeoutSeconds": 300,
      "Retry": [
        {
          "ErrorEquals": [
            "SNS.ThrottledException",
            "SNS.InternalErrorException"
          ],
          "IntervalSeconds": 2,
          "MaxAttempts": 6,
          "BackoffRate": 2,
          "JitterStrategy": "FULL"
        }
      ],
      "Next": "Fail"
    },
    "Fail": {
      "Type": "Fail",
      "Error": "{% $e.Error %}",
      "Cause": "{% $e.Cause %}"
    }
  }
}
