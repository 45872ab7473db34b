{
  "Comment": "Flow main of functions_at_run_time.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Return",
  "States": {
    "Return": {
      "Type": "Succeed",
      "Output": {
        "parsed": "{% $parse(\"[1, \" & ($states.context.Execution.Input.numbers[1] != null ? $states.context.Execution.Input.numbers[1] : $error(\"a value is missing\")) & \"]\")[1] %}",
        "joined": "{% $join($states.context.Execution.Input.words, \"+\") %}",
        "split": "{% $split($states.context.Execution.Input.text, \",\") %}",
        "upper": "{% $uppercase($states.context.Execution.Input.text) %}",
        "cut": "{% $substring($states.context.Execution.Input.text, 2, 1) %}",
        "has": "{% $contains($states.context.Execution.Input.text, \"b\") %}",
        "begins": "{% $substring($states.context.Execution.Input.text, 0, $length(\"a\")) = \"a\" %}",
        "ends": "{% $substring($states.context.Execution.Input.text, -$length(\"z\")) = \"z\" %}",
        "other": "{% $replace($states.context.Execution.Input.text, \",\", \";\") %}",
        "sum": "{% $sum($states.context.Execution.Input.numbers) %}",
        "most": "{% $max([$states.context.Execution.Input.numbers[0] != null ? $states.context.Execution.Input.numbers[0] : $error(\"a value is missing\"), $states.context.Execution.Input.numbers[1] != null ? $states.context.Execution.Input.numbers[1] : $error(\"a value is missing\")]) %}",
        "up": 2,
        "near": "{% $round(2.567, 1) %}",
        "once": "{% [$distinct($states.context.Execution.Input.words)] %}",
        "sorted": "{% [$sort($states.context.Execution.Input.words)] %}",
        "found": "{% $lookup($states.context.Execution.Input.object, $states.context.Execution.Input.name) != null ? $lookup($states.context.Execution.Input.object, $states.context.Execution.Input.name) : 0 %}",
        "same": "{% $lookup($states.context.Execution.Input.object, $states.context.Execution.Input.name) != null ? $lookup($states.context.Execution.Input.object, $states.context.Execution.Input.name) : 0 %}",
        "keys": "{% [$keys($states.context.Execution.Input.object)] %}",
        "text": "{\"a\":1}",
        "n": 13,
        "day": "{% $substring($states.context.Execution.Input.day & \"T05:06:07Z\", 0, 10) %}",
        "hash": "{% $length($hash($states.context.Execution.Input.text, \"SHA-256\")) %}",
        "all": "{% $append($states.context.Execution.Input.words, [\"last\"]) %}",
        "merged": "{% $merge([$states.context.Execution.Input.object, { \"z\": 9 }]) %}"
      }
    }
  }
}
