{
  "Comment": "Flow main of distributed_map.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Scores",
  "States": {
    "Scores": {
      "Type": "Map",
      "ItemReader": {
        "Resource": "arn:aws:states:::s3:listObjectsV2",
        "Arguments": {
          "Bucket": "${data_id}",
          "Prefix": "{% \"in/\" & $states.context.Execution.Input.day & \"/\" %}"
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
                "key": "{% $states.input.item.Key %}",
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
      "MaxConcurrency": 100,
      "ToleratedFailurePercentage": 5,
      "Output": {
        "n": "{% $count($states.result) %}"
      },
      "End": true
    }
  }
}
