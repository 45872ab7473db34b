{
  "Comment": "Flow inventory of each_over_files.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Files",
  "States": {
    "Files": {
      "Type": "Map",
      "ItemReader": {
        "Resource": "arn:aws:states:::s3:getObject",
        "ReaderConfig": {
          "InputType": "MANIFEST"
        },
        "Arguments": {
          "Bucket": "${data_id}",
          "Key": "manifest.json"
        }
      },
      "ItemBatcher": {
        "MaxItemsPerBatch": 20,
        "BatchInput": {
          "day": "{% $states.context.Execution.Input.day %}"
        }
      },
      "ItemProcessor": {
        "ProcessorConfig": {
          "Mode": "DISTRIBUTED",
          "ExecutionType": "STANDARD"
        },
        "StartAt": "work",
        "States": {
          "work": {
            "Type": "Task",
            "Resource": "arn:aws:states:::lambda:invoke",
            "Arguments": {
              "FunctionName": "${work_arn}",
              "Payload": {
                "files": "{% $states.input.Items %}",
                "day": "{% $states.input.BatchInput.day %}"
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
          "Bucket": "${data_id}",
          "Prefix": "out/"
        }
      },
      "Output": {},
      "End": true
    }
  }
}
{
  "Comment": "Flow main of each_over_files.mlops",
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
          "Key": "{% \"in/\" & $states.context.Execution.Input.day & \".csv\" %}"
        }
      },
      "ItemSelector": {
        "item": "{% $states.context.Map.Item.Value %}",
        "day": "{% $states.context.Execution.Input.day %}"
      },
      "ItemProcessor": {
        "ProcessorConfig": {
          "Mode": "DISTRIBUTED",
          "ExecutionType": "STANDARD"
        },
        "StartAt": "work",
        "States": {
          "work": {
            "Type": "Task",
            "Resource": "arn:aws:states:::lambda:invoke",
            "Arguments": {
              "FunctionName": "${work_arn}",
              "Payload": {
                "id": "{% $states.input.item.id %}",
                "day": "{% $states.input.day %}"
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
      "MaxConcurrency": 5,
      "ToleratedFailurePercentage": 5,
      "Next": "Items"
    },
    "Items": {
      "Type": "Map",
      "ItemReader": {
        "Resource": "arn:aws:states:::s3:getObject",
        "ReaderConfig": {
          "InputType": "JSON"
        },
        "Arguments": {
          "Bucket": "${data_id}",
          "Key": "in.json"
        }
      },
      "ItemProcessor": {
        "ProcessorConfig": {
          "Mode": "DISTRIBUTED",
          "ExecutionType": "STANDARD"
        },
        "StartAt": "work (2)",
        "States": {
          "work (2)": {
            "Type": "Task",
            "Resource": "arn:aws:states:::lambda:invoke",
            "Arguments": {
              "FunctionName": "${work_arn}",
              "Payload": {
                "item": "{% $states.input %}"
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
      "ToleratedFailureCount": 2,
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
          "Key": "in.jsonl"
        }
      },
      "ItemProcessor": {
        "ProcessorConfig": {
          "Mode": "DISTRIBUTED",
          "ExecutionType": "STANDARD"
        },
        "StartAt": "work (3)",
        "States": {
          "work (3)": {
            "Type": "Task",
            "Resource": "arn:aws:states:::lambda:invoke",
            "Arguments": {
              "FunctionName": "${work_arn}",
              "Payload": {
                "line": "{% $states.input %}"
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
      "Label": "Lines",
      "Output": {},
      "End": true
    }
  }
}
