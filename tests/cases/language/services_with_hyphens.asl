{
  "Comment": "Flow main of services_with_hyphens.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Run",
  "States": {
    "Run": {
      "Type": "Task",
      "Resource": "arn:aws:states:::emr-serverless:startJobRun.sync",
      "Arguments": {
        "ApplicationId": "00abc",
        "ExecutionRoleArn": "${runner_arn}",
        "ClientToken": "{% $substring($uuid(), 0, 8) %}",
        "JobDriver": {
          "SparkSubmit": {
            "EntryPoint": "{% $states.context.Execution.Input.script %}"
          }
        }
      },
      "TimeoutSeconds": 86400,
      "Assign": {
        "Run": "{% $states.result %}"
      },
      "Next": "Pod"
    },
    "Pod": {
      "Type": "Task",
      "Resource": "arn:aws:states:::emr-containers:startJobRun.sync",
      "Arguments": {
        "VirtualClusterId": "v1",
        "ExecutionRoleArn": "${runner_arn}",
        "ReleaseLabel": "emr-7.0.0-latest",
        "JobDriver": {
          "SparkSubmitJobDriver": {
            "EntryPoint": "{% $states.context.Execution.Input.script %}"
          }
        }
      },
      "TimeoutSeconds": 86400,
      "Output": {
        "serverless": "{% $Run.State %}",
        "pods": "{% $states.result.State %}"
      },
      "End": true
    }
  }
}
