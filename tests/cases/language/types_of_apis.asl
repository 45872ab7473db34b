{
  "Comment": "Flow main of types_of_apis.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Work",
  "States": {
    "Work": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": {
        "FunctionName": "${work_arn}",
        "Payload": {
          "channel": "{% $states.context.Execution.Input.channel %}"
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
        "Work": "{% $states.result.Payload %}"
      },
      "Next": "Move.Update"
    },
    "Move.Update": {
      "Type": "Task",
      "Resource": "arn:aws:states:::sagemaker:updateEndpoint",
      "Arguments": {
        "EndpointName": "scores",
        "EndpointConfigName": "next",
        "DeploymentConfig": {
          "BlueGreenUpdatePolicy": {
            "TrafficRoutingConfiguration": {
              "Type": "ALL_AT_ONCE",
              "WaitIntervalInSeconds": "{% $states.context.Execution.Input.seconds %}"
            }
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
      "Output": {
        "model": "{% $Work.job.ModelArtifacts.S3ModelArtifacts %}",
        "uri": "{% $states.context.Execution.Input.channel.S3DataSource.S3Uri %}",
        "ranges": "{% { \"endpoint\": $states.result.EndpointArn, \"ranges\": { \"IntegerParameterRanges\": [{ \"Name\": \"depth\", \"MinValue\": \"1\", \"MaxValue\": \"9\" }] } }.ranges %}"
      },
      "End": true
    }
  }
}
