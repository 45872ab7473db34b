{
  "Comment": "Flow main of another_state.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Train",
  "States": {
    "Train": {
      "Type": "Task",
      "Resource": "arn:aws:states:::sagemaker:createTrainingJob.sync",
      "Arguments": {
        "TrainingJobName": "{% \"t-\" & $states.context.Execution.Input.day & \"-\" & $substring($uuid(), 0, 8) %}",
        "RoleArn": "${trainer_arn}",
        "AlgorithmSpecification": {
          "TrainingImage": "{% ${data_terraform_remote_state_platform_outputs_image_json} %}",
          "TrainingInputMode": "File"
        },
        "OutputDataConfig": {
          "S3OutputPath": "s3://${data_aws_s3_bucket_models_id}/out/"
        },
        "ResourceConfig": {
          "InstanceCount": 1,
          "InstanceType": "ml.m5.large",
          "VolumeSizeInGB": 30
        },
        "VpcConfig": {
          "SecurityGroupIds": "{% ${data_terraform_remote_state_platform_outputs_groups_json} %}",
          "Subnets": "{% ${data_aws_subnets_private_ids_json} %}"
        },
        "StoppingCondition": {
          "MaxRuntimeInSeconds": 3600
        }
      },
      "TimeoutSeconds": 86400,
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
      "Output": {},
      "End": true
    }
  }
}
