{
  "Comment": "Flow main of defaults.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Return",
  "States": {
    "Return": {
      "Type": "Succeed",
      "Output": {
        "x": "{% $states.context.Execution.Input.x != null ? $states.context.Execution.Input.x : \"none\" %}",
        "m": "{% ($states.context.Execution.Input.n != null ? $states.context.Execution.Input.n : 3) + 1 %}"
      }
    }
  }
}
