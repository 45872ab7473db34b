{
  "Comment": "Flow main of break_out_strings.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Return",
  "States": {
    "Return": {
      "Type": "Succeed",
      "Output": {
        "a": "\"; rm -rf /",
        "b": "$${aws_iam_role.x}",
        "c": "%%{ for",
        "d": "{% \"{% $x %}\" %}",
        "e": "line\nbreak",
        "f": "'quotes' \\",
        "g": "{% \"{%\" %}",
        "x": "{% $states.context.Execution.Input.x %}"
      }
    }
  }
}
