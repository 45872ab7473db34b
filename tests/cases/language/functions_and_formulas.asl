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
        "flat": [
          1,
          2,
          3
        ],
        "places": [
          0,
          1,
          2
        ],
        "later": [
          "{% $states.context.Execution.Input.version %}",
          "x"
        ],
        "last": "{% [$count($split($states.context.Execution.Input.version, \".\")) = 0 ? [] : [0..$count($split($states.context.Execution.Input.version, \".\")) - 1]] %}",
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
