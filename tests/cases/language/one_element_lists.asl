{
  "Comment": "Flow main of one_element_lists.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Set names",
  "States": {
    "Set names": {
      "Type": "Pass",
      "Output": {
        "names": "{% [$map($filter($states.context.Execution.Input.list, function($x) { $x.on }), function($x) { $x.name })] %}",
        "n": "{% $count([$map($filter($states.context.Execution.Input.list, function($x) { $x.on }), function($x) { $x.name })]) %}",
        "first": "{% [$map($filter($states.context.Execution.Input.list, function($x) { $x.on }), function($x) { $x.name })][0] != null ? [$map($filter($states.context.Execution.Input.list, function($x) { $x.on }), function($x) { $x.name })][0] : \"none\" %}"
      },
      "End": true
    }
  }
}
