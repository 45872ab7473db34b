{
  "Comment": "Flow main of raw_expression.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Set biggest",
  "States": {
    "Set biggest": {
      "Type": "Pass",
      "Output": {
        "biggest": "{% ($list := $states.context.Execution.Input.list; $max($list)) %}"
      },
      "End": true
    }
  }
}
