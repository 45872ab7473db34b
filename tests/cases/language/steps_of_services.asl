{
  "Comment": "Flow main of steps_of_services.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Set Arrived_round",
  "States": {
    "Set Arrived_round": {
      "Type": "Pass",
      "Assign": {
        "Arrived_round": 1
      },
      "Next": "For round"
    },
    "For round": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $Arrived_round = 1 and true %}",
          "Next": "Arrived.List"
        },
        {
          "Condition": "{% $Arrived_round <= 36 %}",
          "Next": "Wait for round"
        }
      ],
      "Default": "NotThere"
    },
    "Wait for round": {
      "Type": "Wait",
      "Seconds": 600,
      "Next": "Arrived.List"
    },
    "Arrived.List": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:s3:listObjectsV2",
      "Arguments": {
        "Bucket": "${data_id}",
        "Prefix": "{% \"in/\" & $substring($states.context.Execution.Input.day, 0, 10) & \"/\" %}",
        "MaxKeys": 1
      },
      "TimeoutSeconds": 300,
      "Assign": {
        "Arrived_List": "{% $states.result %}"
      },
      "Next": "If List.KeyCount > 0"
    },
    "If List.KeyCount > 0": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $Arrived_List.KeyCount > 0 %}",
          "Assign": {
            "Arrived": {
              "key": "{% (($Arrived_List != null ? $Arrived_List : $error(\"Arrived_List is missing\")).Contents[0] != null ? ($Arrived_List != null ? $Arrived_List : $error(\"Arrived_List is missing\")).Contents[0] : $error(\"a value is missing\")).Key %}"
            }
          },
          "Next": "Spark.Run"
        }
      ],
      "Assign": {
        "Arrived_round": "{% $Arrived_round + 1 %}"
      },
      "Default": "For round"
    },
    "NotThere": {
      "Type": "Fail",
      "Error": "NotThere",
      "Cause": "{% \"s3://\" & ${data_id_json} & \"/\" & \"in/\" & $substring($states.context.Execution.Input.day, 0, 10) & \"/ is not there after 36 rounds\" %}"
    },
    "Spark.Run": {
      "Type": "Task",
      "Resource": "arn:aws:states:::glue:startJobRun.sync",
      "Arguments": {
        "JobName": "clean",
        "Arguments": {
          "--day": "{% $substring($states.context.Execution.Input.day, 0, 10) %}"
        },
        "WorkerType": "G.2X",
        "NumberOfWorkers": 5,
        "Timeout": 120
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
      "Next": "Rows.Run"
    },
    "Rows.Run": {
      "Type": "Task",
      "Resource": "arn:aws:states:::athena:startQueryExecution.sync",
      "Arguments": {
        "QueryString": "SELECT count(*) FROM orders WHERE day = ?",
        "WorkGroup": "primary",
        "ExecutionParameters": [
          "{% \"'\" & $substring($states.context.Execution.Input.day, 0, 10) & \"'\" %}"
        ],
        "QueryExecutionContext": {
          "Database": "shop"
        },
        "ResultConfiguration": {
          "OutputLocation": "s3://${data_id}/athena/"
        }
      },
      "TimeoutSeconds": 1800,
      "Retry": [
        {
          "ErrorEquals": [
            "Athena.TooManyRequestsException",
            "Athena.InternalServerException"
          ],
          "IntervalSeconds": 2,
          "MaxAttempts": 6,
          "BackoffRate": 2,
          "JitterStrategy": "FULL"
        }
      ],
      "Assign": {
        "Rows_Run": "{% $states.result %}"
      },
      "Next": "Rows.Results"
    },
    "Rows.Results": {
      "Type": "Task",
      "Resource": "arn:aws:states:::athena:getQueryResults",
      "Arguments": {
        "QueryExecutionId": "{% $Rows_Run.QueryExecution.QueryExecutionId %}",
        "MaxResults": 1000
      },
      "TimeoutSeconds": 300,
      "Retry": [
        {
          "ErrorEquals": [
            "Athena.TooManyRequestsException",
            "Athena.InternalServerException"
          ],
          "IntervalSeconds": 2,
          "MaxAttempts": 6,
          "BackoffRate": 2,
          "JitterStrategy": "FULL"
        }
      ],
      "Assign": {
        "Rows": {
          "id": "{% $Rows_Run.QueryExecution.QueryExecutionId %}",
          "output": "{% $Rows_Run.QueryExecution.ResultConfiguration.OutputLocation %}",
          "rows": "{% [$filter($reduce($states.result.ResultSet.Rows, function($all_, $row) { $append($all_, [[[$map($row.Data, function($cell) { $cell.VarCharValue })]]]) }, []), function($v_, $i_) { $i_ >= 1 })] %}"
        }
      },
      "Next": "Job.Job"
    },
    "Job.Job": {
      "Type": "Task",
      "Resource": "arn:aws:states:::batch:submitJob.sync",
      "Arguments": {
        "JobName": "{% \"features-\" & $substring($uuid(), 0, 8) %}",
        "JobQueue": "spot",
        "JobDefinition": "features:3",
        "ContainerOverrides": {
          "Command": [
            "make",
            "{% $Arrived.key %}"
          ],
          "Environment": [
            {
              "Name": "DAY",
              "Value": "{% $substring($states.context.Execution.Input.day, 0, 10) %}"
            }
          ]
        },
        "RetryStrategy": {
          "Attempts": 1
        },
        "Timeout": {
          "AttemptDurationSeconds": 86400
        }
      },
      "TimeoutSeconds": 86400,
      "Retry": [
        {
          "ErrorEquals": [
            "Batch.ServerException"
          ],
          "IntervalSeconds": 2,
          "MaxAttempts": 6,
          "BackoffRate": 2,
          "JitterStrategy": "FULL"
        }
      ],
      "Next": "Task.Task"
    },
    "Task.Task": {
      "Type": "Task",
      "Resource": "arn:aws:states:::ecs:runTask.sync",
      "Arguments": {
        "TaskDefinition": "report",
        "Cluster": "jobs",
        "LaunchType": "FARGATE",
        "NetworkConfiguration": {
          "AwsvpcConfiguration": {
            "Subnets": "{% $states.context.Execution.Input.subnets %}",
            "SecurityGroups": [],
            "AssignPublicIp": "DISABLED"
          }
        },
        "Overrides": {
          "ContainerOverrides": [
            {
              "Name": "main",
              "Environment": [
                {
                  "Name": "DAY",
                  "Value": "{% $substring($states.context.Execution.Input.day, 0, 10) %}"
                }
              ]
            }
          ]
        }
      },
      "TimeoutSeconds": 86400,
      "Retry": [
        {
          "ErrorEquals": [
            "ECS.ServerException"
          ],
          "IntervalSeconds": 2,
          "MaxAttempts": 6,
          "BackoffRate": 2,
          "JitterStrategy": "FULL"
        }
      ],
      "Next": "Build.Build"
    },
    "Build.Build": {
      "Type": "Task",
      "Resource": "arn:aws:states:::codebuild:startBuild.sync",
      "Arguments": {
        "ProjectName": "site",
        "SourceVersion": "main",
        "EnvironmentVariablesOverride": [
          {
            "Name": "DAY",
            "Value": "{% $substring($states.context.Execution.Input.day, 0, 10) %}",
            "Type": "PLAINTEXT"
          }
        ]
      },
      "TimeoutSeconds": 28800,
      "Assign": {
        "Ready_round": 1
      },
      "Next": "For round (2)"
    },
    "For round (2)": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $Ready_round = 1 and true %}",
          "Next": "Ready.Poll"
        },
        {
          "Condition": "{% $Ready_round <= 20 %}",
          "Next": "Wait for round (2)"
        }
      ],
      "Default": "NotDone"
    },
    "Wait for round (2)": {
      "Type": "Wait",
      "Seconds": 30,
      "Next": "Ready.Poll"
    },
    "Ready.Poll": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${probe_arn}",
        "Payload": {
          "day": "{% $substring($states.context.Execution.Input.day, 0, 10) %}"
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
      "Assign": {
        "Ready_Poll": "{% $states.result.Payload %}"
      },
      "Next": "If Poll.done"
    },
    "If Poll.done": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $Ready_Poll.done = true %}",
          "Assign": {
            "Ready": "{% $Ready_Poll %}"
          },
          "Next": "Tell"
        }
      ],
      "Assign": {
        "Ready_round": "{% $Ready_round + 1 %}"
      },
      "Default": "For round (2)"
    },
    "NotDone": {
      "Type": "Fail",
      "Error": "NotDone",
      "Cause": "not done after 20 rounds"
    },
    "Tell": {
      "Type": "Task",
      "Resource": "arn:aws:states:::sns:publish",
      "Arguments": {
        "TopicArn": "${news_arn}",
        "Message": "{% \"done: \" & ($Rows.rows[0][0] != null ? $Rows.rows[0][0] : \"no\") & \" rows, \" & ($Ready.rows != null ? $Ready.rows : 0) & \" there\" %}"
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
      "Output": {},
      "End": true
    }
  }
}
