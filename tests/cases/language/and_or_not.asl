{
  "Comment": "Flow main of and_or_not.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "If (a > 1 and b > 1) or not (a == b)",
  "States": {
    "If (a > 1 and b > 1) or not (a == b)": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $states.context.Execution.Input.a > 1 and $states.context.Execution.Input.b > 1 or $not($states.context.Execution.Input.a = $states.context.Execution.Input.b) %}",
          "Next": "Return"
        }
      ],
      "Default": "Return (2)"
    },
    "Return": {
      "Type": "Succeed",
      "Output": {
        "r": "yes"
      }
    },
    "Return (2)": {
      "Type": "Succeed",
      "Output": {
        "r": "no"
      }
    }
  }
}
