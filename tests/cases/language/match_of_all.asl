{
  "Comment": "Flow main of match_of_all.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Set rows",
  "States": {
    "Set rows": {
      "Type": "Pass",
      "Assign": {
        "rows": "{% $states.context.Execution.Input.tier = \"free\" ? 1000 : ($states.context.Execution.Input.tier = \"pro\" ? 200 : ($states.context.Execution.Input.tier = \"big\" ? 50)) %}"
      },
      "Next": "If rows > 100"
    },
    "If rows > 100": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $rows > 100 %}",
          "Next": "Return"
        }
      ],
      "Default": "Return (2)"
    },
    "Return": {
      "Type": "Succeed",
      "Output": {
        "many": "{% $rows %}"
      }
    },
    "Return (2)": {
      "Type": "Succeed",
      "Output": {
        "few": "{% $rows %}"
      }
    }
  }
}
