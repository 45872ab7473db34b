{
  "Comment": "Flow main of items_of_a_table.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "If config is a key",
  "States": {
    "If config is a key": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $type($states.context.Execution.Input.config) = \"string\" %}",
          "Next": "Load config.Item"
        }
      ],
      "Assign": {
        "config": "{% $states.context.Execution.Input.config %}"
      },
      "Default": "Return"
    },
    "Load config.Item": {
      "Type": "Task",
      "Resource": "arn:aws:states:::dynamodb:getItem",
      "Arguments": {
        "TableName": "${confs_name}",
        "Key": {
          "name": {
            "S": "{% $states.context.Execution.Input.config %}"
          }
        }
      },
      "TimeoutSeconds": 300,
      "Retry": [
        {
          "ErrorEquals": [
            "DynamoDB.ProvisionedThroughputExceededException",
            "DynamoDB.RequestLimitExceeded",
            "DynamoDB.ThrottlingException",
            "DynamoDB.InternalServerError"
          ],
          "IntervalSeconds": 2,
          "MaxAttempts": 6,
          "BackoffRate": 2,
          "JitterStrategy": "FULL"
        }
      ],
      "Assign": {
        "Load_config_Item": "{% $states.result %}"
      },
      "Next": "If not Item.Item?"
    },
    "If not Item.Item?": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $not($Load_config_Item.Item != null) %}",
          "Next": "ItemNotFound"
        }
      ],
      "Assign": {
        "config": "{% ($Item := $Load_config_Item; ($plain := function($v) {\n  $exists($v.S) ? $v.S : $exists($v.N) ? $number($v.N) : $exists($v.BOOL) ? $v.BOOL : $exists($v.NULL) ? null\n  : $exists($v.M) ? $merge($append([{}], $each($v.M, function($x, $k) { { $k: $plain($x) } })))\n  : $exists($v.L) ? $reduce($v.L, function($all, $x) { ($y := $plain($x); $append($all, $type($y) = \"array\" ? [[$y]] : [$y])) }, [])\n  : $exists($v.SS) ? $append([], $v.SS) : $exists($v.NS) ? $append([], $v.NS.$number($)) : $v.B\n}; $plain({ \"M\": $Item.Item }))\n) %}"
      },
      "Default": "Return"
    },
    "ItemNotFound": {
      "Type": "Fail",
      "Error": "ItemNotFound",
      "Cause": "{% \"the table has no item \" & $states.context.Execution.Input.config %}"
    },
    "Return": {
      "Type": "Succeed",
      "Output": {
        "s": "{% $config.sizes %}",
        "d": "{% $config.deep %}",
        "t": "{% $config.tags != null ? $config.tags : { \"none\": \"\" } %}"
      }
    }
  }
}
{
  "Comment": "Flow told of items_of_a_table.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "If config is a key",
  "States": {
    "If config is a key": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $type($states.context.Execution.Input.config) = \"string\" %}",
          "Assign": {
            "config": {
              "name": "{% $states.context.Execution.Input.config %}"
            }
          },
          "Next": "Load config.Item"
        }
      ],
      "Assign": {
        "config": "{% $states.context.Execution.Input.config %}"
      },
      "Default": "Set flag"
    },
    "Load config.Item": {
      "Type": "Task",
      "Resource": "arn:aws:states:::dynamodb:getItem",
      "Arguments": {
        "TableName": "${confs_name}",
        "Key": {
          "name": {
            "S": "{% $states.context.Execution.Input.config %}"
          }
        }
      },
      "TimeoutSeconds": 300,
      "Retry": [
        {
          "ErrorEquals": [
            "DynamoDB.ProvisionedThroughputExceededException",
            "DynamoDB.RequestLimitExceeded",
            "DynamoDB.ThrottlingException",
            "DynamoDB.InternalServerError"
          ],
          "IntervalSeconds": 2,
          "MaxAttempts": 6,
          "BackoffRate": 2,
          "JitterStrategy": "FULL"
        }
      ],
      "Catch": [
        {
          "ErrorEquals": [
            "States.ALL"
          ],
          "Assign": {
            "e": "{% $states.errorOutput %}"
          },
          "Next": "Tell"
        }
      ],
      "Assign": {
        "Load_config_Item": "{% $states.result %}"
      },
      "Next": "If not Item.Item?"
    },
    "If not Item.Item?": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $not($Load_config_Item.Item != null) %}",
          "Assign": {
            "e": {
              "Error": "ItemNotFound",
              "Cause": "{% \"the table has no item \" & $states.context.Execution.Input.config %}"
            }
          },
          "Next": "Tell"
        }
      ],
      "Assign": {
        "config": "{% ($Item := $Load_config_Item; ($plain := function($v) {\n  $exists($v.S) ? $v.S : $exists($v.N) ? $number($v.N) : $exists($v.BOOL) ? $v.BOOL : $exists($v.NULL) ? null\n  : $exists($v.M) ? $merge($append([{}], $each($v.M, function($x, $k) { { $k: $plain($x) } })))\n  : $exists($v.L) ? $reduce($v.L, function($all, $x) { ($y := $plain($x); $append($all, $type($y) = \"array\" ? [[$y]] : [$y])) }, [])\n  : $exists($v.SS) ? $append([], $v.SS) : $exists($v.NS) ? $append([], $v.NS.$number($)) : $v.B\n}; $plain({ \"M\": $Item.Item }))\n) %}"
      },
      "Default": "Set flag"
    },
    "Set flag": {
      "Type": "Pass",
      "Assign": {
        "flag": "{% $config.deep.flag %}"
      },
      "Next": "failed"
    },
    "failed": {
      "Type": "Task",
      "Resource": "arn:aws:states:::sns:publish",
      "Arguments": {
        "TopicArn": "${failed_arn}",
        "Message": "{% ($config.sizes[0] != null ? $config.sizes[0] : 0) & \" \" & $flag %}"
      },
      "TimeoutSeconds": 300,
      "Retry": [
        {
          "ErrorEquals": [
            "SNS.ThrottledException",
            "SNS.InternalErrorException"
          ],
          "IntervalSeconds": 2,
          "MaxAttempts": 6,
          "BackoffRate": 2,
          "JitterStrategy": "FULL"
        }
      ],
      "Catch": [
        {
          "ErrorEquals": [
            "States.ALL"
          ],
          "Assign": {
            "e": "{% $states.errorOutput %}"
          },
          "Next": "Tell"
        }
      ],
      "Output": {},
      "End": true
    },
    "Tell": {
      "Type": "Task",
      "Resource": "arn:aws:states:::sns:publish",
      "Arguments": {
        "TopicArn": "${failed_arn}",
        "Message": "{% $config.name & \": \" & $e.Cause %}"
      },
      "TimeoutSeconds": 300,
      "Retry": [
        {
          "ErrorEquals": [
            "SNS.ThrottledException",
            "SNS.InternalErrorException"
          ],
          "IntervalSeconds": 2,
          "MaxAttempts": 6,
          "BackoffRate": 2,
          "JitterStrategy": "FULL"
        }
      ],
      "Next": "Fail"
    },
    "Fail": {
      "Type": "Fail",
      "Error": "{% $e.Error %}",
      "Cause": "{% $e.Cause %}"
    }
  }
}
