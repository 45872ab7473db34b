{
  "Comment": "Flow main of strings_and_numbers.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Return",
  "States": {
    "Return": {
      "Type": "Succeed",
      "Output": {
        "t": "{% $states.context.Execution.Input.x & \":\" & $states.context.Execution.Input.n %}",
        "up": "{% $uppercase($states.context.Execution.Input.x) %}",
        "parts": "{% $split($states.context.Execution.Input.x, \"-\") %}",
        "joined": "{% \"a+\" & $states.context.Execution.Input.x %}",
        "r": "{% ($states.context.Execution.Input.n + 1) * 2 - $states.context.Execution.Input.n / 2 %}",
        "has": "{% $contains($states.context.Execution.Input.x, \"b\") %}",
        "starts": "{% $substring($states.context.Execution.Input.x, 0, $length(\"a\")) = \"a\" %}",
        "ends": "{% $substring($states.context.Execution.Input.x, -$length(\"z\")) = \"z\" %}",
        "cut": "{% $substring($states.context.Execution.Input.x, 0, 1) %}",
        "num": "{% 12 + $states.context.Execution.Input.n %}"
      }
    }
  }
}
