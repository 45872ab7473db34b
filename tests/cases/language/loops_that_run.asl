{
  "Comment": "Flow main of loops_that_run.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Set round_value",
  "States": {
    "Set round_value": {
      "Type": "Pass",
      "Assign": {
        "round_value": 1,
        "Poll": null
      },
      "Next": "For round"
    },
    "For round": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $round_value = 1 and true %}",
          "Next": "Poll"
        },
        {
          "Condition": "{% $round_value <= 3 %}",
          "Next": "Wait for round"
        }
      ],
      "Default": "Late"
    },
    "Wait for round": {
      "Type": "Wait",
      "Seconds": 60,
      "Next": "Poll"
    },
    "Poll": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${poll_arn}",
        "Payload": {
          "x": "{% $states.context.Execution.Input.x %}",
          "round": "{% $round_value %}"
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
        "Poll": "{% $states.result.Payload %}"
      },
      "Next": "If Poll.done"
    },
    "If Poll.done": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $Poll.done = true %}",
          "Next": "Return"
        }
      ],
      "Assign": {
        "round_value": "{% $round_value + 1 %}"
      },
      "Default": "For round"
    },
    "Late": {
      "Type": "Fail",
      "Error": "Late",
      "Cause": "{% \"three rounds, the last at \" & $Poll.at %}"
    },
    "Return": {
      "Type": "Succeed",
      "Output": {
        "at": "{% $Poll.at %}"
      }
    }
  }
}
