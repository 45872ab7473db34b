{
  "Comment": "Flow main of for_range.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Set sum_value",
  "States": {
    "Set sum_value": {
      "Type": "Pass",
      "Assign": {
        "sum_value": 0,
        "i": 1
      },
      "Next": "For i"
    },
    "For i": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $i <= $states.context.Execution.Input.most %}",
          "Assign": {
            "sum_value": "{% $sum_value + $i %}",
            "i": "{% $i + 1 %}"
          },
          "Next": "For i"
        }
      ],
      "Default": "Return"
    },
    "Return": {
      "Type": "Succeed",
      "Output": {
        "sum": "{% $sum_value %}"
      }
    }
  }
}
