{
  "Comment": "Flow main of pure_step.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Return",
  "States": {
    "Return": {
      "Type": "Succeed",
      "Output": {
        "a": "{% $states.context.Execution.Input.x & \"-1\" %}",
        "b": "{% $states.context.Execution.Input.x & \"-7\" %}",
        "c": "{% $states.context.Execution.Input.x & \"-8\" %}"
      }
    }
  }
}
