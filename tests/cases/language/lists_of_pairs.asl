{
  "Comment": "Flow main of lists_of_pairs.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Set pairs",
  "States": {
    "Set pairs": {
      "Type": "Pass",
      "Assign": {
        "pairs": "{% $reduce($states.context.Execution.Input.names, function($all_, $n) { $append($all_, [[$n, \"x\"]]) }, []) %}",
        "some": "{% $reduce([$filter($states.context.Execution.Input.names, function($n) { $not($n = \"b\") })], function($all_, $n) { $append($all_, [[$n, \"x\"]]) }, []) %}"
      },
      "Next": "Known"
    },
    "Known": {
      "Type": "Task",
      "Resource": "arn:aws:states:::glue:startJobRun.sync",
      "Arguments": {
        "JobName": "${prepare_name}",
        "Arguments": {
          "--day": "{% $states.context.Execution.Input.names[0] != null ? $states.context.Execution.Input.names[0] : \"none\" %}",
          "--other": "y"
        }
      },
      "TimeoutSeconds": 86400,
      "Retry": [
        {
          "ErrorEquals": [
            "Glue.OperationTimeoutException",
            "Glue.InternalServiceException"
          ],
          "IntervalSeconds": 2,
          "MaxAttempts": 6,
          "BackoffRate": 2,
          "JitterStrategy": "FULL"
        }
      ],
      "Next": "Given"
    },
    "Given": {
      "Type": "Task",
      "Resource": "arn:aws:states:::glue:startJobRun.sync",
      "Arguments": {
        "JobName": "${prepare_name}",
        "Arguments": "{% $merge([$map($reduce([$keys($states.context.Execution.Input.options)], function($all_, $name) { $append($all_, [[$substring($name, 0, $length(\"--\")) = \"--\" = true ? $name : \"--\" & $name, $lookup($states.context.Execution.Input.options, $name)]]) }, []), function($p_) { {$p_[0]: $p_[1]} })]) %}"
      },
      "TimeoutSeconds": 86400,
      "Retry": [
        {
          "ErrorEquals": [
            "Glue.OperationTimeoutException",
            "Glue.InternalServiceException"
          ],
          "IntervalSeconds": 2,
          "MaxAttempts": 6,
          "BackoffRate": 2,
          "JitterStrategy": "FULL"
        }
      ],
      "Output": {
        "pairs": "{% $pairs %}",
        "some": "{% $some %}",
        "n": "{% $count($pairs) %}"
      },
      "End": true
    }
  }
}
