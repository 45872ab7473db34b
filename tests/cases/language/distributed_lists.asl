{
  "Comment": "Flow main of distributed_lists.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Tolerant",
  "States": {
    "Tolerant": {
      "Type": "Map",
      "Items": "{% $states.context.Execution.Input.parts %}",
      "ItemSelector": {
        "item": "{% $states.context.Map.Item.Value %}",
        "note": "{% $states.context.Execution.Input.note != null ? $states.context.Execution.Input.note : null %}"
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
                "part": "{% $states.input.item %}",
                "note": "{% $states.input.note != null ? $states.input.note : \"none\" %}"
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
      "ToleratedFailurePercentage": 50,
      "Assign": {
        "Tolerant": "{% $states.result %}"
      },
      "Next": "Batches"
    },
    "Batches": {
      "Type": "Map",
      "Items": "{% $states.context.Execution.Input.parts %}",
      "ItemBatcher": {
        "MaxItemsPerBatch": 2
      },
      "ItemProcessor": {
        "ProcessorConfig": {
          "Mode": "DISTRIBUTED",
          "ExecutionType": "STANDARD"
        },
        "StartAt": "Batch",
        "States": {
          "Batch": {
            "Type": "Task",
            "Resource": "arn:aws:states:::lambda:invoke",
            "Arguments": {
              "FunctionName": "${work_arn}",
              "Payload": {
                "count": "{% $count($states.input.Items) %}",
                "first": "{% $states.input.Items[0] != null ? $states.input.Items[0] : $error(\"a value is missing\") %}"
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
      "Assign": {
        "Batches": "{% $states.result %}"
      },
      "Next": "Written"
    },
    "Written": {
      "Type": "Map",
      "Items": "{% $states.context.Execution.Input.parts %}",
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
                "part": "{% $states.input %}"
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
          "Prefix": "results/"
        }
      },
      "Output": {
        "tolerant": "{% $count($Tolerant) %}",
        "batches": "{% $count($Batches) %}"
      },
      "End": true
    }
  }
}
