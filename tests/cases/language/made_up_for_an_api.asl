{
  "Comment": "Flow main of made_up_for_an_api.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Plan",
  "States": {
    "Plan": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "x": "{% $states.context.Execution.Input.x %}"
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
        "Plan": "{% $states.result.Payload %}"
      },
      "Next": "Model"
    },
    "Model": {
      "Type": "Task",
      "Resource": "arn:aws:states:::sagemaker:createModel",
      "Arguments": {
        "ModelName": "{% $type($Plan) = \"object\" ? $Plan.model_name %}",
        "ExecutionRoleArn": "${server_arn}",
        "PrimaryContainer": {
          "Image": "{% $type($Plan) = \"object\" ? $Plan.image %}",
          "ModelDataUrl": "{% $type($Plan) = \"object\" ? $Plan.artifact %}",
          "Environment": {
            "MODE": "{% $type($Plan) = \"object\" ? $Plan.mode %}"
          }
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
      "Next": "Config"
    },
    "Config": {
      "Type": "Task",
      "Resource": "arn:aws:states:::sagemaker:createEndpointConfig",
      "Arguments": {
        "EndpointConfigName": "{% $type($Plan) = \"object\" ? $Plan.model_name %}",
        "ProductionVariants": [
          {
            "VariantName": "main",
            "ModelName": "{% $type($Plan) = \"object\" ? $Plan.model_name %}",
            "InstanceType": "{% $type($Plan) = \"object\" ? $Plan.instance %}",
            "InitialInstanceCount": "{% $type($Plan) = \"object\" ? $Plan.count %}"
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
      "Output": {
        "artifact": "{% $type($Plan) = \"object\" ? $Plan.artifact %}",
        "instance": "{% $type($Plan) = \"object\" ? $Plan.instance %}",
        "count": "{% $type($Plan) = \"object\" ? $Plan.count %}"
      },
      "End": true
    }
  }
}
