{
  "Comment": "Flow main of each_inline.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Doubled",
  "States": {
    "Doubled": {
      "Type": "Map",
      "Items": "{% $states.context.Execution.Input.list %}",
      "ItemProcessor": {
        "ProcessorConfig": {
          "Mode": "INLINE"
        },
        "StartAt": "Return",
        "States": {
          "Return": {
            "Type": "Succeed",
            "Output": {
              "twice": "{% $states.input * 2 %}"
            }
          }
        }
      },
      "MaxConcurrency": 2,
      "Output": {
        "all": "{% $states.result %}",
        "sum": "{% $sum([$map($states.result, function($d) { $d.twice })]) %}"
      },
      "End": true
    }
  }
}
