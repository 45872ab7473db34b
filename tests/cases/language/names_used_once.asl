{
  "Comment": "Flow child of names_used_once.mlops: Names that are new each time, or whose retry is of errors that begin nothing: no warning.",
  "QueryLanguage": "JSONata",
  "StartAt": "Return",
  "States": {
    "Return": {
      "Type": "Succeed",
      "Output": {
        "x": "{% $states.context.Execution.Input.x %}"
      }
    }
  }
}
{
  "Comment": "Flow main of names_used_once.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Set id",
  "States": {
    "Set id": {
      "Type": "Pass",
      "Assign": {
        "id": "{% $substring($uuid(), 0, 8) %}"
      },
      "Next": "One"
    },
    "One": {
      "Type": "Task",
      "Resource": "arn:aws:states:::states:startExecution.sync:2",
      "Arguments": {
        "StateMachineArn": "${child_arn}",
        "Input": {
          "x": "{% $id %}",
          "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID": "{% $states.context.Execution.Id %}"
        },
        "Name": "{% \"a-\" & $id & \"-\" & $states.context.State.RetryCount %}"
      },
      "TimeoutSeconds": 86400,
      "Retry": [
        {
          "ErrorEquals": [
            "States.TaskFailed"
          ],
          "MaxAttempts": 2
        }
      ],
      "Next": "Two"
    },
    "Two": {
      "Type": "Task",
      "Resource": "arn:aws:states:::states:startExecution.sync:2",
      "Arguments": {
        "StateMachineArn": "${child_arn}",
        "Input": {
          "x": "{% $id %}",
          "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID": "{% $states.context.Execution.Id %}"
        },
        "Name": "{% \"b-\" & $substring($uuid(), 0, 8) %}"
      },
      "TimeoutSeconds": 86400,
      "Retry": [
        {
          "ErrorEquals": [
            "States.ALL"
          ],
          "MaxAttempts": 2
        }
      ],
      "Next": "Three"
    },
    "Three": {
      "Type": "Task",
      "Resource": "arn:aws:states:::states:startExecution.sync:2",
      "Arguments": {
        "StateMachineArn": "${child_arn}",
        "Input": {
          "x": "{% $id %}",
          "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID": "{% $states.context.Execution.Id %}"
        },
        "Name": "{% \"c-\" & $id %}"
      },
      "TimeoutSeconds": 86400,
      "Retry": [
        {
          "ErrorEquals": [
            "StepFunctions.ExecutionLimitExceededException"
          ],
          "MaxAttempts": 2
        }
      ],
      "Next": "Each x"
    },
    "Each x": {
      "Type": "Map",
      "Items": "{% $states.context.Execution.Input.xs %}",
      "ItemProcessor": {
        "ProcessorConfig": {
          "Mode": "INLINE"
        },
        "StartAt": "child",
        "States": {
          "child": {
            "Type": "Task",
            "Resource": "arn:aws:states:::states:startExecution.sync:2",
            "Arguments": {
              "StateMachineArn": "${child_arn}",
              "Input": {
                "x": "{% $states.input %}",
                "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID": "{% $states.context.Execution.Id %}"
              },
              "Name": "{% \"d-\" & $states.input %}"
            },
            "TimeoutSeconds": 86400,
            "Output": {},
            "End": true
          }
        }
      },
      "Assign": {
        "x_list": "{% $states.context.Execution.Input.xs %}",
        "x_index": 0
      },
      "Next": "For x"
    },
    "For x": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $x_index <= $count($x_list) - 1 %}",
          "Next": "child (2)"
        }
      ],
      "Default": "Done"
    },
    "child (2)": {
      "Type": "Task",
      "Resource": "arn:aws:states:::states:startExecution.sync:2",
      "Arguments": {
        "StateMachineArn": "${child_arn}",
        "Input": {
          "x": "{% $x_list[$x_index] %}",
          "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID": "{% $states.context.Execution.Id %}"
        },
        "Name": "{% \"e-\" & $id & \"-\" & $x_list[$x_index] %}"
      },
      "TimeoutSeconds": 86400,
      "Assign": {
        "x_index": "{% $x_index + 1 %}"
      },
      "Next": "For x"
    },
    "Done": {
      "Type": "Succeed",
      "Output": {}
    }
  }
}
