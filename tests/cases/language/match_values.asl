{
  "Comment": "Flow main of match_values.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Set kind",
  "States": {
    "Set kind": {
      "Type": "Pass",
      "Output": {
        "kind": "{% $states.context.Execution.Input.x = \"a\" or $states.context.Execution.Input.x = \"b\" ? \"letter\" : ($states.context.Execution.Input.x = \"1\" ? \"digit\" : \"other\") %}"
      },
      "End": true
    }
  }
}
