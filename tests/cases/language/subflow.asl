{
  "Comment": "Flow child of subflow.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Return",
  "States": {
    "Return": {
      "Type": "Succeed",
      "Output": {
        "twice": "{% $states.context.Execution.Input.n * 2 %}"
      }
    }
  }
}
{
  "Comment": "Flow main of subflow.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Child",
  "States": {
    "Child": {
      "Type": "Task",
      "Resource": "arn:aws:states:::states:startExecution.sync:2",
      "Arguments": {
        "StateMachineArn": "${child_arn}",
        "Input": {
          "n": "{% $states.context.Execution.Input.n + 1 %}",
          "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID": "{% $states.context.Execution.Id %}"
        }
      },
      "TimeoutSeconds": 86400,
      "Output": {
        "got": "{% $type($states.result) = \"object\" ? $states.result.Output.twice %}"
      },
      "End": true
    }
  }
}
