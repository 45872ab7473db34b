{
  "Comment": "Flow main of accounts_and_regions.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "A",
  "States": {
    "A": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${score_prod_arn}",
        "Payload": {
          "x": "{% $states.context.Execution.Input.x %}"
        }
      },
      "Credentials": {
        "RoleArn": "arn:${data_aws_partition_current_partition}:iam::210987654321:role/shop-access"
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
      "Assign": {
        "A": "{% $states.result.Payload %}"
      },
      "Next": "B"
    },
    "B": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${score_stage_arn}",
        "Payload": {
          "x": "{% $states.context.Execution.Input.x %}",
          "account": "{% ${stage_account_json} %}",
          "region": "us-east-1"
        }
      },
      "Credentials": {
        "RoleArn": "arn:${data_aws_partition_current_partition}:iam::${stage_account}:role/shop-access"
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
      "Assign": {
        "B": "{% $states.result.Payload %}"
      },
      "Next": "C"
    },
    "C": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${one_arn}",
        "Payload": {
          "x": "{% $states.context.Execution.Input.x %}"
        }
      },
      "Credentials": {
        "RoleArn": "arn:${data_aws_partition_current_partition}:iam::${stage_account}:role/shop-access"
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
      "Next": "D"
    },
    "D": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "x": "{% $states.context.Execution.Input.x %}",
          "bucket": "${data_us_id}"
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
      "Output": {
        "a": "{% $A %}",
        "b": "{% $B %}"
      },
      "End": true
    }
  }
}
