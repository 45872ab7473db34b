{
  "Comment": "Flow main of lists_in_lists.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Set all",
  "States": {
    "Set all": {
      "Type": "Pass",
      "Output": "{% { \"all\": [[$states.context.Execution.Input.list], [1], []], \"n\": $count([[$states.context.Execution.Input.list], [1], []]), \"inner\": ([[$states.context.Execution.Input.list], [1], []][0] != null ? [[$states.context.Execution.Input.list], [1], []][0]) } %}",
      "End": true
    }
  }
}
