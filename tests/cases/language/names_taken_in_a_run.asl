{
  "Comment": "Flow again of names_taken_in_a_run.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Child",
  "States": {
    "Child": {
      "Type": "Task",
      "Resource": "arn:aws:states:::states:startExecution.sync:2",
      "Arguments": {
        "StateMachineArn": "${child_arn}",
        "Input": {
          "x": "{% $states.context.Execution.Input.name %}",
          "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID": "{% $states.context.Execution.Id %}"
        },
        "Name": "{% \"run-\" & $states.context.Execution.Input.name %}"
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
      "Output": {},
      "End": true
    }
  }
}
{
  "Comment": "Flow ask of names_taken_in_a_run.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Rows",
  "States": {
    "Rows": {
      "Type": "Task",
      "Resource": "arn:aws:states:::athena:startQueryExecution.sync",
      "Arguments": {
        "QueryString": "SELECT 1",
        "ClientRequestToken": "{% $states.context.Execution.Input.token & \"-01234567890123456789012345678901\" %}"
      },
      "TimeoutSeconds": 86400,
      "Retry": [
        {
          "ErrorEquals": [
            "States.TaskFailed"
          ],
          "MaxAttempts": 1
        }
      ],
      "Output": {},
      "End": true
    }
  }
}
{
  "Comment": "Flow child of names_taken_in_a_run.mlops: A name that a service takes once is refused the second time, in a run as it would be there; a token is answered as before.",
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
  "Comment": "Flow main of names_taken_in_a_run.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Set name_list",
  "States": {
    "Set name_list": {
      "Type": "Pass",
      "Assign": {
        "name_list": "{% $states.context.Execution.Input.names %}",
        "name_index": 0
      },
      "Next": "For name"
    },
    "For name": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $name_index <= $count($name_list) - 1 %}",
          "Next": "child"
        }
      ],
      "Default": "Done"
    },
    "child": {
      "Type": "Task",
      "Resource": "arn:aws:states:::states:startExecution.sync:2",
      "Arguments": {
        "StateMachineArn": "${child_arn}",
        "Input": {
          "x": "{% $name_list[$name_index] %}",
          "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID": "{% $states.context.Execution.Id %}"
        },
        "Name": "{% \"run-\" & $name_list[$name_index] %}"
      },
      "TimeoutSeconds": 86400,
      "Assign": {
        "name_index": "{% $name_index + 1 %}"
      },
      "Next": "For name"
    },
    "Done": {
      "Type": "Succeed",
      "Output": {}
    }
  }
}
