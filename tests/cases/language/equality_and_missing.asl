{
  "Comment": "Flow main of equality_and_missing.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Return",
  "States": {
    "Return": {
      "Type": "Succeed",
      "Output": {
        "same": "{% $states.context.Execution.Input.a != null and $states.context.Execution.Input.a = $states.context.Execution.Input.b %}",
        "other": "{% $not($states.context.Execution.Input.a != null and $states.context.Execution.Input.a = $states.context.Execution.Input.b) %}",
        "none": "{% false %}",
        "is": "{% $states.context.Execution.Input.a = \"x\" %}",
        "not": "{% $not($states.context.Execution.Input.a = \"x\") %}"
      }
    }
  }
}
