{
  "Comment": "Flow main of items_of_a_reader.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Rows",
  "States": {
    "Rows": {
      "Type": "Map",
      "ItemReader": {
        "Resource": "arn:aws:states:::s3:getObject",
        "ReaderConfig": {
          "InputType": "CSV",
          "CSVHeaderLocation": "FIRST_ROW"
        },
        "Arguments": {
          "Bucket": "${data_id}",
          "Key": "{% $states.context.Execution.Input.day & \".csv\" %}"
        }
      },
      "ItemSelector": {
        "item": "{% $states.context.Map.Item.Value %}",
        "model": "{% $states.context.Execution.Input.model != null ? $states.context.Execution.Input.model : null %}"
      },
      "ItemProcessor": {
        "ProcessorConfig": {
          "Mode": "DISTRIBUTED",
          "ExecutionType": "STANDARD"
        },
        "StartAt": "Row",
        "States": {
          "Row": {
            "Type": "Task",
            "Resource": "arn:aws:states:::lambda:invoke",
            "Arguments": {
              "FunctionName": "${work_arn}",
              "Payload": {
                "region": "{% $states.input.item.region %}",
                "days": "{% $number($states.input.item.days) %}",
                "model": "{% $states.input.model != null ? $states.input.model : \"default\" %}"
              }
            },
            "TimeoutSeconds": 300,
            "Retry": [
              {
                "ErrorEquals": [
                  "Lambda.ServiceException",
                  "Lambda.AWSLambdaException",
                  "Lambda.SdkClientException",
                  "Lambda.TooManyRequestsException"
                ],
                "IntervalSeconds": 2,
                "MaxAttempts": 6,
                "BackoffRate": 2,
                "JitterStrategy": "FULL"
              }
            ],
            "Output": "{% $states.result.Payload %}",
            "End": true
          }
        }
      },
      "ResultWriter": {
        "Resource": "arn:aws:states:::s3:putObject",
        "Arguments": {
          "Bucket": "${out_id}",
          "Prefix": "rows/"
        }
      },
      "Next": "Lines"
    },
    "Lines": {
      "Type": "Map",
      "ItemReader": {
        "Resource": "arn:aws:states:::s3:getObject",
        "ReaderConfig": {
          "InputType": "JSONL"
        },
        "Arguments": {
          "Bucket": "${data_id}",
          "Key": "{% $states.context.Execution.Input.day & \".jsonl\" %}"
        }
      },
      "ItemProcessor": {
        "ProcessorConfig": {
          "Mode": "DISTRIBUTED",
          "ExecutionType": "STANDARD"
        },
        "StartAt": "Return",
        "States": {
          "Return": {
            "Type": "Succeed",
            "Output": {
              "id": "{% $states.input.id %}",
              "ok": "{% $states.input.score >= 0.5 %}"
            }
          }
        }
      },
      "Output": {
        "lines": "{% $states.result %}"
      },
      "End": true
    }
  }
}
