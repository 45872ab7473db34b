{
  "Comment": "Flow release of functions_and_formulas.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Set image",
  "States": {
    "Set image": {
      "Type": "Pass",
      "Output": {
        "image": "{% \"shop:\" & $states.context.Execution.Input.version %}",
        "newest": "shop:latest",
        "where": "eu/api",
        "mine": "{% $states.context.Execution.Input.version & \"/api\" %}",
        "formula": "(m1 + (m2 * 2)) / m2",
        "terms": 2,
        "metric": "Count",
        "verbs": [
          "POST",
          "GET"
        ],
        "paths": "/score /ready",
        "ready": "watch /ready"
      },
      "End": true
    }
  }
}
