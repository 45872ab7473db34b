{
  "Comment": "Flow main of slices_and_spreads.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Return",
  "States": {
    "Return": {
      "Type": "Succeed",
      "Output": "{% { \"from\": [$filter($states.context.Execution.Input.xs, function($v_, $i_) { $i_ >= 1 })], \"to\": [$filter($states.context.Execution.Input.xs, function($v_, $i_) { $i_ >= 0 and $i_ < 1 })], \"both\": [$filter($states.context.Execution.Input.xs, function($v_, $i_) { $i_ >= 1 and $i_ < 2 })], \"last\": ($states.context.Execution.Input.xs[-1] != null ? $states.context.Execution.Input.xs[-1]), \"none\": $states.context.Execution.Input.xs[9] != null ? $states.context.Execution.Input.xs[9] : \"nothing\", \"fixed\": { \"a\": 3, \"b\": { \"c\": 2 } }, \"given\": $merge([$states.context.Execution.Input.more, { \"z\": \"last\" }]), \"listed\": [$map($filter($states.context.Execution.Input.xs, function($x) { $not($x = \"b\") }), function($x) { { \"x\": $x, \"n\": $length($x) } })] } %}"
    }
  }
}
