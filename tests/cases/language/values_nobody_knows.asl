{
  "Comment": "Flow main of values_nobody_knows.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Start",
  "States": {
    "Start": {
      "Type": "Task",
      "Resource": "arn:aws:states:::emr-serverless:startJobRun.sync",
      "Arguments": {
        "ApplicationId": "${spark_id}",
        "ExecutionRoleArn": "${runner_arn}",
        "ClientToken": "{% $uuid() %}",
        "JobDriver": {
          "SparkSubmit": {
            "EntryPoint": "{% $states.context.Execution.Input.script %}"
          }
        }
      },
      "TimeoutSeconds": 86400,
      "Assign": {
        "Start": "{% $states.result %}"
      },
      "Next": "Team"
    },
    "Team": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:sagemaker:createWorkforce",
      "Arguments": {
        "WorkforceName": "team",
        "SourceIpConfig": {
          "Cidrs": [
            "10.0.0.0/8"
          ]
        },
        "Tags": [
          {
            "Key": "team",
            "Value": "{% ${team_json} %}"
          }
        ]
      },
      "TimeoutSeconds": 300,
      "Retry": [
        {
          "ErrorEquals": [
            "SageMaker.AmazonSageMakerException"
          ],
          "IntervalSeconds": 2,
          "MaxAttempts": 6,
          "BackoffRate": 2,
          "JitterStrategy": "FULL"
        }
      ],
      "Assign": {
        "job": "{% \"neo-\" & $substring($uuid(), 0, 8) & \"-\" & 0 %}"
      },
      "Next": "Compile"
    },
    "Compile": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:sagemaker:createCompilationJob",
      "Arguments": {
        "CompilationJobName": "{% $job %}",
        "RoleArn": "${neo_arn}",
        "InputConfig": {
          "S3Uri": "s3://a/m.tar.gz",
          "DataInputConfig": "{}",
          "Framework": "PYTORCH"
        },
        "OutputConfig": {
          "S3OutputLocation": "s3://a/neo/",
          "TargetDevice": "jetson_xavier"
        },
        "StoppingCondition": {
          "MaxRuntimeInSeconds": 900
        }
      },
      "TimeoutSeconds": 300,
      "Retry": [
        {
          "ErrorEquals": [
            "SageMaker.AmazonSageMakerException"
          ],
          "IntervalSeconds": 2,
          "MaxAttempts": 6,
          "BackoffRate": 2,
          "JitterStrategy": "FULL"
        }
      ],
      "Next": "Ask"
    },
    "Ask": {
      "Type": "Task",
      "Resource": "arn:aws:states:::bedrock:invokeModel",
      "Arguments": {
        "ModelId": "m",
        "Body": {
          "prompt": "{% $job %}"
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
      "Output": {
        "run": "{% $Start.JobRunId %}",
        "text": "{% $type(($type($states.result.Body) = \"object\" ? $states.result.Body.content)[0]) = \"object\" ? ($type($states.result.Body) = \"object\" ? $states.result.Body.content)[0].text %}"
      },
      "End": true
    }
  }
}
