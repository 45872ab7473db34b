{
  "Comment": "Flow ship of endpoint_deploys.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Set Live_version",
  "States": {
    "Set Live_version": {
      "Type": "Pass",
      "Assign": {
        "Live_version": "{% ($states.context.Execution.Input.package != null ? $states.context.Execution.Input.package : null) != null ? ($states.context.Execution.Input.package != null ? $states.context.Execution.Input.package : null) : $error(\"a value is missing\") %}",
        "Live_id": "{% $substring($uuid(), 0, 8) %}"
      },
      "Next": "Live.Version"
    },
    "Live.Version": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:sagemaker:describeModelPackage",
      "Arguments": {
        "ModelPackageName": "{% \"arn:\" & ${data_aws_partition_current_partition_json} & \":sagemaker:eu-west-1:\" & ${data_aws_caller_identity_current_account_id_json} & \":model-package/shop-models/\" & ($split($Live_version, \"/\")[-1] != null ? $split($Live_version, \"/\")[-1] : $error(\"a value is missing\")) %}"
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
        "Live_Version": "{% $states.result %}"
      },
      "Next": "Live.Artifact"
    },
    "Live.Artifact": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:s3:headObject",
      "Arguments": {
        "Bucket": "${data_id}",
        "Key": "{% $replace(($Live_Version.InferenceSpecification.Containers[0] != null ? $Live_Version.InferenceSpecification.Containers[0] : $error(\"a value is missing\")).ModelDataUrl, ${value_json}, \"\") %}"
      },
      "TimeoutSeconds": 300,
      "Next": "Live.Model"
    },
    "Live.Model": {
      "Type": "Task",
      "Resource": "arn:aws:states:::sagemaker:createModel",
      "Arguments": {
        "ModelName": "{% \"shop-live-\" & $Live_id %}",
        "ExecutionRoleArn": "${live_role_arn}",
        "Containers": [
          {
            "ModelPackageName": "{% $Live_version %}",
            "Environment": "{% $merge([($Live_Version.InferenceSpecification.Containers[0] != null ? $Live_Version.InferenceSpecification.Containers[0] : $error(\"a value is missing\")).Environment != null ? ($Live_Version.InferenceSpecification.Containers[0] != null ? $Live_Version.InferenceSpecification.Containers[0] : $error(\"a value is missing\")).Environment : {}, {}]) %}"
          }
        ],
        "Tags": [
          {
            "Key": "pipeline",
            "Value": "shop"
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
      "Next": "Live.Config"
    },
    "Live.Config": {
      "Type": "Task",
      "Resource": "arn:aws:states:::sagemaker:createEndpointConfig",
      "Arguments": {
        "EndpointConfigName": "{% \"shop-live-\" & $Live_id %}",
        "ProductionVariants": [
          {
            "VariantName": "main",
            "ModelName": "{% \"shop-live-\" & $Live_id %}",
            "InitialVariantWeight": 1,
            "InstanceType": "ml.m5.large",
            "InitialInstanceCount": 1
          }
        ],
        "DataCaptureConfig": {
          "EnableCapture": true,
          "DestinationS3Uri": "s3://${data_id}/capture/",
          "InitialSamplingPercentage": 10,
          "CaptureOptions": [
            {
              "CaptureMode": "Input"
            },
            {
              "CaptureMode": "Output"
            }
          ]
        },
        "Tags": [
          {
            "Key": "pipeline",
            "Value": "shop"
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
      "Next": "Live.Existing"
    },
    "Live.Existing": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:sagemaker:listEndpoints",
      "Arguments": {
        "NameContains": "shop-live",
        "MaxResults": 100
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
        "Live_existing": "{% [$map($filter($states.result.Endpoints, function($e) { $e.EndpointName = \"shop-live\" }), function($e) { $e })] %}"
      },
      "Next": "If length(existing) == 0"
    },
    "If length(existing) == 0": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $count($Live_existing) = 0 %}",
          "Assign": {
            "Live_Before": null
          },
          "Next": "Live.Create"
        }
      ],
      "Default": "If existing[0].EndpointStatus == \"Failed\""
    },
    "Live.Create": {
      "Type": "Task",
      "Resource": "arn:aws:states:::sagemaker:createEndpoint",
      "Arguments": {
        "EndpointName": "shop-live",
        "EndpointConfigName": "{% \"shop-live-\" & $Live_id %}",
        "Tags": [
          {
            "Key": "pipeline",
            "Value": "shop"
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
        "Live_round": 1
      },
      "Next": "For round"
    },
    "If existing[0].EndpointStatus == \"Failed\"": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $Live_existing[0].EndpointStatus = \"Failed\" %}",
          "Assign": {
            "Live_Before": null
          },
          "Next": "Live.Delete"
        }
      ],
      "Default": "Live.Before"
    },
    "Live.Delete": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:sagemaker:deleteEndpoint",
      "Arguments": {
        "EndpointName": "shop-live"
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
      "Next": "Wait 1m"
    },
    "Wait 1m": {
      "Type": "Wait",
      "Seconds": 60,
      "Next": "Live.Create (2)"
    },
    "Live.Create (2)": {
      "Type": "Task",
      "Resource": "arn:aws:states:::sagemaker:createEndpoint",
      "Arguments": {
        "EndpointName": "shop-live",
        "EndpointConfigName": "{% \"shop-live-\" & $Live_id %}",
        "Tags": [
          {
            "Key": "pipeline",
            "Value": "shop"
          }
        ]
      },
      "TimeoutSeconds": 300,
      "Retry": [
        {
          "ErrorEquals": [
            "SageMaker.AmazonSageMakerException"
          ],
          "IntervalSeconds": 30,
          "MaxAttempts": 10,
          "BackoffRate": 1
        }
      ],
      "Assign": {
        "Live_round": 1
      },
      "Next": "For round"
    },
    "Live.Before": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:sagemaker:describeEndpoint",
      "Arguments": {
        "EndpointName": "shop-live"
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
        "Live_Before": "{% $states.result %}"
      },
      "Next": "Live.Update"
    },
    "Live.Update": {
      "Type": "Task",
      "Resource": "arn:aws:states:::sagemaker:updateEndpoint",
      "Arguments": {
        "EndpointName": "shop-live",
        "EndpointConfigName": "{% \"shop-live-\" & $Live_id %}"
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
        "Live_round": 1
      },
      "Next": "For round"
    },
    "For round": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $Live_round = 1 and true %}",
          "Next": "Live.Status"
        },
        {
          "Condition": "{% $Live_round <= 240 %}",
          "Next": "Wait for round"
        }
      ],
      "Default": "EndpointNotInService"
    },
    "Wait for round": {
      "Type": "Wait",
      "Seconds": 30,
      "Next": "Live.Status"
    },
    "Live.Status": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:sagemaker:describeEndpoint",
      "Arguments": {
        "EndpointName": "shop-live"
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
        "Live_Status": "{% $states.result %}"
      },
      "Next": "If Status.EndpointStatus == \"InService\""
    },
    "If Status.EndpointStatus == \"InService\"": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $Live_Status.EndpointStatus = \"InService\" %}",
          "Next": "If Before?"
        }
      ],
      "Default": "If Status.EndpointStatus == \"Failed\""
    },
    "If Status.EndpointStatus == \"Failed\"": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $Live_Status.EndpointStatus = \"Failed\" %}",
          "Next": "EndpointFailed"
        }
      ],
      "Assign": {
        "Live_round": "{% $Live_round + 1 %}"
      },
      "Default": "For round"
    },
    "EndpointFailed": {
      "Type": "Fail",
      "Error": "EndpointFailed",
      "Cause": "{% \"shop-live: \" & $Live_Status.FailureReason %}"
    },
    "EndpointNotInService": {
      "Type": "Fail",
      "Error": "EndpointNotInService",
      "Cause": "shop-live is not in service after two hours"
    },
    "If Before?": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $Live_Before != null %}",
          "Next": "If Status!.EndpointConfigName == Before.EndpointConfigName"
        }
      ],
      "Default": "Live.Target"
    },
    "If Status!.EndpointConfigName == Before.EndpointConfigName": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% ($Live_Status != null ? $Live_Status : $error(\"Live_Status is missing\")).EndpointConfigName = $Live_Before.EndpointConfigName %}",
          "Next": "EndpointRolledBack"
        }
      ],
      "Default": "Live.Target"
    },
    "EndpointRolledBack": {
      "Type": "Fail",
      "Error": "EndpointRolledBack",
      "Cause": "{% \"shop-live serves \" & $Live_Before.EndpointConfigName & \" again: \" & ($Live_Status != null ? $Live_Status : $error(\"Live_Status is missing\")).FailureReason %}"
    },
    "Live.Target": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:applicationautoscaling:registerScalableTarget",
      "Arguments": {
        "ServiceNamespace": "sagemaker",
        "ScalableDimension": "sagemaker:variant:DesiredInstanceCount",
        "ResourceId": "endpoint/shop-live/variant/main",
        "MinCapacity": 1,
        "MaxCapacity": 3
      },
      "TimeoutSeconds": 300,
      "Next": "Live.Policy"
    },
    "Live.Policy": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:applicationautoscaling:putScalingPolicy",
      "Arguments": {
        "PolicyName": "shop-live-invocations",
        "PolicyType": "TargetTrackingScaling",
        "ServiceNamespace": "sagemaker",
        "ScalableDimension": "sagemaker:variant:DesiredInstanceCount",
        "ResourceId": "endpoint/shop-live/variant/main",
        "TargetTrackingScalingPolicyConfiguration": {
          "TargetValue": 100,
          "PredefinedMetricSpecification": {
            "PredefinedMetricType": "SageMakerVariantInvocationsPerInstance"
          }
        }
      },
      "TimeoutSeconds": 300,
      "Output": {},
      "End": true
    }
  }
}
{
  "Comment": "Flow ship_small of endpoint_deploys.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Latest.Approved",
  "States": {
    "Latest.Approved": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:sagemaker:listModelPackages",
      "Arguments": {
        "ModelPackageGroupName": "${models_model_package_group_name}",
        "ModelApprovalStatus": "Approved",
        "SortBy": "CreationTime",
        "SortOrder": "Descending",
        "MaxResults": 1
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
        "Latest_Approved": "{% $states.result %}"
      },
      "Next": "If length(Approved.ModelPackageSummaryList) == 0"
    },
    "If length(Approved.ModelPackageSummaryList) == 0": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $count($Latest_Approved.ModelPackageSummaryList) = 0 %}",
          "Next": "NoApprovedModel"
        }
      ],
      "Assign": {
        "Small_version": "{% { \"ModelPackageArn\": ($Latest_Approved.ModelPackageSummaryList[0] != null ? $Latest_Approved.ModelPackageSummaryList[0] : $error(\"a value is missing\")).ModelPackageArn }.ModelPackageArn != null ? { \"ModelPackageArn\": ($Latest_Approved.ModelPackageSummaryList[0] != null ? $Latest_Approved.ModelPackageSummaryList[0] : $error(\"a value is missing\")).ModelPackageArn }.ModelPackageArn : $error(\"ModelPackageArn is missing\") %}",
        "Small_id": "{% $substring($uuid(), 0, 8) %}"
      },
      "Default": "Small.Version"
    },
    "NoApprovedModel": {
      "Type": "Fail",
      "Error": "NoApprovedModel",
      "Cause": "no version in ${models_model_package_group_name} is approved"
    },
    "Small.Version": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:sagemaker:describeModelPackage",
      "Arguments": {
        "ModelPackageName": "{% $Small_version %}"
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
        "Small_Version": "{% $states.result %}"
      },
      "Next": "Small.Artifact"
    },
    "Small.Artifact": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:s3:headObject",
      "Arguments": {
        "Bucket": "${data_id}",
        "Key": "{% $replace(($Small_Version.InferenceSpecification.Containers[0] != null ? $Small_Version.InferenceSpecification.Containers[0] : $error(\"a value is missing\")).ModelDataUrl, ${value_json}, \"\") %}"
      },
      "TimeoutSeconds": 300,
      "Next": "Small.Model"
    },
    "Small.Model": {
      "Type": "Task",
      "Resource": "arn:aws:states:::sagemaker:createModel",
      "Arguments": {
        "ModelName": "{% \"shop-small-\" & $Small_id %}",
        "ExecutionRoleArn": "${small_role_arn}",
        "Containers": [
          {
            "ModelPackageName": "{% $Small_version %}",
            "Environment": "{% $merge([($Small_Version.InferenceSpecification.Containers[0] != null ? $Small_Version.InferenceSpecification.Containers[0] : $error(\"a value is missing\")).Environment != null ? ($Small_Version.InferenceSpecification.Containers[0] != null ? $Small_Version.InferenceSpecification.Containers[0] : $error(\"a value is missing\")).Environment : {}, ${value_json_2}]) %}"
          }
        ],
        "Tags": [
          {
            "Key": "pipeline",
            "Value": "shop"
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
      "Next": "Small.Config"
    },
    "Small.Config": {
      "Type": "Task",
      "Resource": "arn:aws:states:::sagemaker:createEndpointConfig",
      "Arguments": {
        "EndpointConfigName": "{% \"shop-small-\" & $Small_id %}",
        "ProductionVariants": [
          {
            "VariantName": "main",
            "ModelName": "{% \"shop-small-\" & $Small_id %}",
            "InitialVariantWeight": 1,
            "ServerlessConfig": {
              "MemorySizeInMB": 2048,
              "MaxConcurrency": 1
            }
          }
        ],
        "Tags": [
          {
            "Key": "pipeline",
            "Value": "shop"
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
      "Next": "Small.Existing"
    },
    "Small.Existing": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:sagemaker:listEndpoints",
      "Arguments": {
        "NameContains": "shop-small",
        "MaxResults": 100
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
        "Small_existing": "{% [$map($filter($states.result.Endpoints, function($e) { $e.EndpointName = \"shop-small\" }), function($e) { $e })] %}"
      },
      "Next": "If length(existing) == 0"
    },
    "If length(existing) == 0": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $count($Small_existing) = 0 %}",
          "Assign": {
            "Small_Before": null
          },
          "Next": "Small.Create"
        }
      ],
      "Default": "If existing[0].EndpointStatus == \"Failed\""
    },
    "Small.Create": {
      "Type": "Task",
      "Resource": "arn:aws:states:::sagemaker:createEndpoint",
      "Arguments": {
        "EndpointName": "shop-small",
        "EndpointConfigName": "{% \"shop-small-\" & $Small_id %}",
        "Tags": [
          {
            "Key": "pipeline",
            "Value": "shop"
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
        "Small_round": 1
      },
      "Next": "For round"
    },
    "If existing[0].EndpointStatus == \"Failed\"": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $Small_existing[0].EndpointStatus = \"Failed\" %}",
          "Assign": {
            "Small_Before": null
          },
          "Next": "Small.Delete"
        }
      ],
      "Default": "Small.Before"
    },
    "Small.Delete": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:sagemaker:deleteEndpoint",
      "Arguments": {
        "EndpointName": "shop-small"
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
      "Next": "Wait 1m"
    },
    "Wait 1m": {
      "Type": "Wait",
      "Seconds": 60,
      "Next": "Small.Create (2)"
    },
    "Small.Create (2)": {
      "Type": "Task",
      "Resource": "arn:aws:states:::sagemaker:createEndpoint",
      "Arguments": {
        "EndpointName": "shop-small",
        "EndpointConfigName": "{% \"shop-small-\" & $Small_id %}",
        "Tags": [
          {
            "Key": "pipeline",
            "Value": "shop"
          }
        ]
      },
      "TimeoutSeconds": 300,
      "Retry": [
        {
          "ErrorEquals": [
            "SageMaker.AmazonSageMakerException"
          ],
          "IntervalSeconds": 30,
          "MaxAttempts": 10,
          "BackoffRate": 1
        }
      ],
      "Assign": {
        "Small_round": 1
      },
      "Next": "For round"
    },
    "Small.Before": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:sagemaker:describeEndpoint",
      "Arguments": {
        "EndpointName": "shop-small"
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
        "Small_Before": "{% $states.result %}"
      },
      "Next": "Small.Update"
    },
    "Small.Update": {
      "Type": "Task",
      "Resource": "arn:aws:states:::sagemaker:updateEndpoint",
      "Arguments": {
        "EndpointName": "shop-small",
        "EndpointConfigName": "{% \"shop-small-\" & $Small_id %}"
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
        "Small_round": 1
      },
      "Next": "For round"
    },
    "For round": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $Small_round = 1 and true %}",
          "Next": "Small.Status"
        },
        {
          "Condition": "{% $Small_round <= 240 %}",
          "Next": "Wait for round"
        }
      ],
      "Default": "EndpointNotInService"
    },
    "Wait for round": {
      "Type": "Wait",
      "Seconds": 30,
      "Next": "Small.Status"
    },
    "Small.Status": {
      "Type": "Task",
      "Resource": "arn:aws:states:::aws-sdk:sagemaker:describeEndpoint",
      "Arguments": {
        "EndpointName": "shop-small"
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
        "Small_Status": "{% $states.result %}"
      },
      "Next": "If Status.EndpointStatus == \"InService\""
    },
    "If Status.EndpointStatus == \"InService\"": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $Small_Status.EndpointStatus = \"InService\" %}",
          "Next": "If Before?"
        }
      ],
      "Default": "If Status.EndpointStatus == \"Failed\""
    },
    "If Status.EndpointStatus == \"Failed\"": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $Small_Status.EndpointStatus = \"Failed\" %}",
          "Next": "EndpointFailed"
        }
      ],
      "Assign": {
        "Small_round": "{% $Small_round + 1 %}"
      },
      "Default": "For round"
    },
    "EndpointFailed": {
      "Type": "Fail",
      "Error": "EndpointFailed",
      "Cause": "{% \"shop-small: \" & $Small_Status.FailureReason %}"
    },
    "EndpointNotInService": {
      "Type": "Fail",
      "Error": "EndpointNotInService",
      "Cause": "shop-small is not in service after two hours"
    },
    "If Before?": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $Small_Before != null %}",
          "Next": "If Status!.EndpointConfigName == Before.EndpointConfigName"
        }
      ],
      "Default": "Set Small"
    },
    "If Status!.EndpointConfigName == Before.EndpointConfigName": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% ($Small_Status != null ? $Small_Status : $error(\"Small_Status is missing\")).EndpointConfigName = $Small_Before.EndpointConfigName %}",
          "Next": "EndpointRolledBack"
        }
      ],
      "Default": "Set Small"
    },
    "EndpointRolledBack": {
      "Type": "Fail",
      "Error": "EndpointRolledBack",
      "Cause": "{% \"shop-small serves \" & $Small_Before.EndpointConfigName & \" again: \" & ($Small_Status != null ? $Small_Status : $error(\"Small_Status is missing\")).FailureReason %}"
    },
    "Set Small": {
      "Type": "Pass",
      "Output": {
        "name": "{% { \"EndpointName\": \"shop-small\", \"EndpointArn\": ${value_json_3}, \"EndpointConfigName\": \"shop-small-\" & $Small_id }.EndpointName %}"
      },
      "End": true
    }
  }
}
