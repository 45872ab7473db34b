{
  "Comment": "Flow recs of calls_of_many_services.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Rec",
  "States": {
    "Rec": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:personalizeruntime:getRecommendations",
      "Arguments": {
        "CampaignArn": "arn:aws:personalize:eu-west-1:123456789012:campaign/c",
        "UserId": "{% $states.context.Execution.Input.user %}"
      },
      "TimeoutSeconds": 300,
      "Assign": {
        "Rec": "{% $states.result %}"
      },
      "Next": "Imp"
    },
    "Imp": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:personalize:createDatasetImportJob",
      "Arguments": {
        "JobName": "{% \"imp-\" & $states.context.Execution.Name %}",
        "DatasetArn": "arn:aws:personalize:eu-west-1:123456789012:dataset/d/INTERACTIONS",
        "DataSource": {
          "DataLocation": "s3://${data_id}/x.csv"
        },
        "RoleArn": "${sched_arn}"
      },
      "TimeoutSeconds": 300,
      "Assign": {
        "Imp": "{% $states.result %}"
      },
      "Next": "Fc"
    },
    "Fc": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:forecastquery:queryForecast",
      "Arguments": {
        "ForecastArn": "arn:aws:forecast:eu-west-1:123456789012:forecast/f",
        "Filters": {
          "item_id": "{% $states.context.Execution.Input.user %}"
        }
      },
      "TimeoutSeconds": 300,
      "Assign": {
        "Fc": "{% $states.result %}"
      },
      "Next": "Os"
    },
    "Os": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:opensearch:describeDomain",
      "Arguments": {
        "DomainName": "search"
      },
      "TimeoutSeconds": 300,
      "Assign": {
        "Os": "{% $states.result %}"
      },
      "Next": "Cw"
    },
    "Cw": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:cloudwatch:putMetricData",
      "Arguments": {
        "Namespace": "ml",
        "MetricData": [
          {
            "MetricName": "n",
            "Value": 1
          }
        ]
      },
      "TimeoutSeconds": 300,
      "Next": "Ath"
    },
    "Ath": {
      "Type": "Task",
      "Resource": "arn:aws:states:::athena:startQueryExecution.sync",
      "Arguments": {
        "QueryString": "SELECT 1",
        "WorkGroup": "ml",
        "ResultConfiguration": {
          "OutputLocation": "s3://${data_id}/q/"
        }
      },
      "TimeoutSeconds": 86400,
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
        "Ath": "{% $states.result %}"
      },
      "Next": "Ecr"
    },
    "Ecr": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:ecr:describeImages",
      "Arguments": {
        "RepositoryName": "models"
      },
      "TimeoutSeconds": 300,
      "Assign": {
        "Ecr": "{% $states.result %}"
      },
      "Next": "Cf"
    },
    "Cf": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:cloudformation:describeStacks",
      "Arguments": {
        "StackName": "base"
      },
      "TimeoutSeconds": 300,
      "Assign": {
        "Cf": "{% $states.result %}"
      },
      "Next": "Red"
    },
    "Red": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:redshiftdata:executeStatement",
      "Arguments": {
        "ClusterIdentifier": "dw",
        "Database": "d",
        "Sql": "select 1",
        "DbUser": "u"
      },
      "TimeoutSeconds": 300,
      "Assign": {
        "Red": "{% $states.result %}"
      },
      "Next": "Rds"
    },
    "Rds": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:rdsdata:executeStatement",
      "Arguments": {
        "ResourceArn": "arn:aws:rds:eu-west-1:123456789012:cluster:c",
        "SecretArn": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:s",
        "Sql": "select 1"
      },
      "TimeoutSeconds": 300,
      "Output": "{% { \"r\": ($Rec.ItemList[0].ItemId != null ? $Rec.ItemList[0].ItemId), \"i\": $Imp.DatasetImportJobArn, \"f\": $Fc.Forecast, \"o\": $Os.DomainStatus.Arn, \"a\": $Ath.QueryExecution.Status.State, \"e\": ($Ecr.ImageDetails[0].ImageDigest != null ? $Ecr.ImageDetails[0].ImageDigest), \"c\": ($Cf.Stacks[0].StackStatus != null ? $Cf.Stacks[0].StackStatus), \"d\": $Red.Id, \"n\": $states.result.NumberOfRecordsUpdated } %}",
      "End": true
    }
  }
}
{
  "Comment": "Flow streams of calls_of_many_services.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Put",
  "States": {
    "Put": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:kinesis:putRecord",
      "Arguments": {
        "StreamName": "clicks",
        "Data": "x",
        "PartitionKey": "{% $states.context.Execution.Input.key %}"
      },
      "TimeoutSeconds": 300,
      "Assign": {
        "Put": "{% $states.result %}"
      },
      "Next": "Fire"
    },
    "Fire": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:firehose:putRecordBatch",
      "Arguments": {
        "DeliveryStreamName": "lake",
        "Records": [
          {
            "Data": "x"
          }
        ]
      },
      "TimeoutSeconds": 300,
      "Assign": {
        "Fire": "{% $states.result %}"
      },
      "Next": "Par"
    },
    "Par": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:ssm:getParameter",
      "Arguments": {
        "Name": "/ml/threshold",
        "WithDecryption": true
      },
      "TimeoutSeconds": 300,
      "Assign": {
        "Par": "{% $states.result %}"
      },
      "Next": "PutP"
    },
    "PutP": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:ssm:putParameter",
      "Arguments": {
        "Name": "/ml/last",
        "Value": "{% $states.context.Execution.Input.key %}",
        "Type": "String",
        "Overwrite": true
      },
      "TimeoutSeconds": 300,
      "Assign": {
        "PutP": "{% $states.result %}"
      },
      "Next": "Sec"
    },
    "Sec": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:secretsmanager:getSecretValue",
      "Arguments": {
        "SecretId": "db/password"
      },
      "TimeoutSeconds": 300,
      "Assign": {
        "Sec": "{% $states.result %}"
      },
      "Next": "Copy"
    },
    "Copy": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:s3:copyObject",
      "Arguments": {
        "Bucket": "${data_id}",
        "Key": "{% \"copy/\" & $states.context.Execution.Input.key %}",
        "CopySource": "{% ${data_id_json} & \"/\" & $states.context.Execution.Input.key %}"
      },
      "TimeoutSeconds": 300,
      "Assign": {
        "Copy": "{% $states.result %}"
      },
      "Next": "Tx"
    },
    "Tx": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:dynamodb:transactWriteItems",
      "Arguments": {
        "TransactItems": [
          {
            "Put": {
              "TableName": "runs",
              "Item": {
                "id": {
                  "S": "{% $states.context.Execution.Input.key %}"
                }
              }
            }
          },
          {
            "Delete": {
              "TableName": "old",
              "Key": {
                "id": {
                  "S": "{% $states.context.Execution.Input.key %}"
                }
              }
            }
          }
        ]
      },
      "TimeoutSeconds": 300,
      "Retry": [
        {
          "ErrorEquals": [
            "DynamoDb.ProvisionedThroughputExceededException",
            "DynamoDb.RequestLimitExceeded",
            "DynamoDb.ThrottlingException",
            "DynamoDb.InternalServerError"
          ],
          "IntervalSeconds": 2,
          "MaxAttempts": 6,
          "BackoffRate": 2,
          "JitterStrategy": "FULL"
        }
      ],
      "Assign": {
        "Tx": "{% $states.result %}"
      },
      "Next": "Emr"
    },
    "Emr": {
      "Type": "Task",
      "Resource": "arn:aws:states:::emr-serverless:startJobRun.sync",
      "Arguments": {
        "ApplicationId": "00abc",
        "ExecutionRoleArn": "${runner_arn}",
        "ClientToken": "{% $substring($uuid(), 0, 8) %}",
        "JobDriver": {
          "SparkSubmit": {
            "EntryPoint": "s3://${data_id}/job.py"
          }
        }
      },
      "TimeoutSeconds": 86400,
      "Assign": {
        "Emr": "{% $states.result %}"
      },
      "Next": "Sch"
    },
    "Sch": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:scheduler:createSchedule",
      "Arguments": {
        "Name": "{% \"again-\" & $states.context.Execution.Input.key %}",
        "ScheduleExpression": "rate(1 day)",
        "FlexibleTimeWindow": {
          "Mode": "OFF"
        },
        "Target": {
          "Arn": "arn:aws:lambda:eu-west-1:123456789012:function:f",
          "RoleArn": "${sched_arn}"
        }
      },
      "TimeoutSeconds": 300,
      "Output": "{% { \"seq\": $Put.SequenceNumber, \"f\": $Fire.FailedPutCount, \"p\": $Par.Parameter.Value, \"e\": $Copy.CopyObjectResult.ETag, \"j\": $Emr.JobRunId, \"s\": $states.result.ScheduleArn, \"v\": $PutP.Version, \"x\": $Sec.SecretString, \"t\": ($Tx.ConsumedCapacity[0].TableName != null ? $Tx.ConsumedCapacity[0].TableName) } %}",
      "End": true
    }
  }
}
{
  "Comment": "Flow texts of calls_of_many_services.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Bed",
  "States": {
    "Bed": {
      "Type": "Task",
      "Resource": "arn:aws:states:::bedrock:invokeModel",
      "Arguments": {
        "ModelId": "eu.anthropic.claude-3-haiku-20240307-v1:0",
        "Body": {
          "prompt": "{% $states.context.Execution.Input.text %}"
        }
      },
      "TimeoutSeconds": 300,
      "Retry": [
        {
          "ErrorEquals": [
            "Bedrock.ThrottlingException",
            "Bedrock.InternalServerException"
          ],
          "IntervalSeconds": 2,
          "MaxAttempts": 6,
          "BackoffRate": 2,
          "JitterStrategy": "FULL"
        }
      ],
      "Assign": {
        "Bed": "{% $states.result %}"
      },
      "Next": "Conv"
    },
    "Conv": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:bedrockruntime:converse",
      "Arguments": {
        "ModelId": "amazon.nova-lite-v1:0",
        "Messages": [
          {
            "Role": "user",
            "Content": [
              {
                "Text": "{% $states.context.Execution.Input.text %}"
              }
            ]
          }
        ]
      },
      "TimeoutSeconds": 300,
      "Assign": {
        "Conv": "{% $states.result %}"
      },
      "Next": "Lang"
    },
    "Lang": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:comprehend:detectDominantLanguage",
      "Arguments": {
        "Text": "{% $states.context.Execution.Input.text %}"
      },
      "TimeoutSeconds": 300,
      "Assign": {
        "Lang": "{% $states.result %}"
      },
      "Next": "Ent"
    },
    "Ent": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:comprehend:detectEntities",
      "Arguments": {
        "Text": "{% $states.context.Execution.Input.text %}",
        "LanguageCode": "en"
      },
      "TimeoutSeconds": 300,
      "Assign": {
        "Ent": "{% $states.result %}"
      },
      "Next": "Doc"
    },
    "Doc": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:textract:startDocumentAnalysis",
      "Arguments": {
        "DocumentLocation": {
          "S3Object": {
            "Bucket": "${data_id}",
            "Name": "{% $states.context.Execution.Input.key %}"
          }
        },
        "FeatureTypes": [
          "TABLES",
          "FORMS"
        ]
      },
      "TimeoutSeconds": 300,
      "Assign": {
        "Doc": "{% $states.result %}"
      },
      "Next": "Res"
    },
    "Res": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:textract:getDocumentAnalysis",
      "Arguments": {
        "JobId": "{% $Doc.JobId %}"
      },
      "TimeoutSeconds": 300,
      "Assign": {
        "Res": "{% $states.result %}"
      },
      "Next": "Faces"
    },
    "Faces": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:rekognition:detectLabels",
      "Arguments": {
        "Image": {
          "S3Object": {
            "Bucket": "${data_id}",
            "Name": "{% $states.context.Execution.Input.key %}"
          }
        },
        "MaxLabels": 10
      },
      "TimeoutSeconds": 300,
      "Assign": {
        "Faces": "{% $states.result %}"
      },
      "Next": "Tr"
    },
    "Tr": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:transcribe:startTranscriptionJob",
      "Arguments": {
        "TranscriptionJobName": "{% \"t-\" & $states.context.Execution.Name %}",
        "LanguageCode": "en-US",
        "Media": {
          "MediaFileUri": "s3://${data_id}/a.mp3"
        },
        "OutputBucketName": "${data_id}"
      },
      "TimeoutSeconds": 300,
      "Assign": {
        "Tr": "{% $states.result %}"
      },
      "Next": "Pol"
    },
    "Pol": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:polly:synthesizeSpeech",
      "Arguments": {
        "OutputFormat": "mp3",
        "Text": "{% $states.context.Execution.Input.text %}",
        "VoiceId": "Joanna"
      },
      "TimeoutSeconds": 300,
      "Assign": {
        "Pol": "{% $states.result %}"
      },
      "Next": "Tl"
    },
    "Tl": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:translate:translateText",
      "Arguments": {
        "Text": "{% $states.context.Execution.Input.text %}",
        "SourceLanguageCode": "auto",
        "TargetLanguageCode": "de"
      },
      "TimeoutSeconds": 300,
      "Output": "{% { \"lang\": ($Lang.Languages[0].LanguageCode != null ? $Lang.Languages[0].LanguageCode), \"n\": $count($Ent.Entities), \"st\": $Res.JobStatus, \"l\": ($Faces.Labels[0].Name != null ? $Faces.Labels[0].Name), \"tr\": $Tr.TranscriptionJob.TranscriptionJobStatus, \"c\": ($Conv.Output.Message.Content[0].Text != null ? $Conv.Output.Message.Content[0].Text), \"b\": $Bed.Body, \"p\": $Pol.ContentType, \"t\": $states.result.TranslatedText } %}",
      "End": true
    }
  }
}
