{
  "Comment": "Flow main of arguments_refused_in_a_run.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Job",
  "States": {
    "Job": {
      "Type": "Task",
      "Resource": "arn:aws:states:::sagemaker:createTransformJob.sync",
      "Arguments": {
        "TransformJobName": "{% $states.context.Execution.Input.name %}",
        "ModelName": "m",
        "TransformInput": {
          "DataSource": {
            "S3DataSource": {
              "S3DataType": "S3Prefix",
              "S3Uri": "{% $states.context.Execution.Input.uri %}"
            }
          }
        },
        "TransformOutput": {
          "S3OutputPath": "{% $states.context.Execution.Input.uri %}"
        },
        "TransformResources": {
          "InstanceCount": "{% $states.context.Execution.Input.count %}",
          "InstanceType": "{% $states.context.Execution.Input.instance %}"
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
      "Catch": [
        {
          "ErrorEquals": [
            "SageMaker.AmazonSageMakerException"
          ],
          "Assign": {
            "e": "{% $states.errorOutput %}"
          },
          "Next": "Return"
        }
      ],
      "Output": {
        "refused": "no"
      },
      "End": true
    },
    "Return": {
      "Type": "Succeed",
      "Output": {
        "refused": "{% $e.Cause %}"
      }
    }
  }
}
