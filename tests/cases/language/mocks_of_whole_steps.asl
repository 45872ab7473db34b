{
  "Comment": "Flow main of mocks_of_whole_steps.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Rows.Run",
  "States": {
    "Rows.Run": {
      "Type": "Task",
      "Resource": "arn:aws:states:::athena:startQueryExecution.sync",
      "Arguments": {
        "QueryString": "{% $states.context.Execution.Input.sql %}",
        "WorkGroup": "primary",
        "QueryExecutionContext": {
          "Database": "shop"
        },
        "ResultConfiguration": {
          "OutputLocation": "s3://results/athena/"
        }
      },
      "TimeoutSeconds": 600,
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
      "Catch": [
        {
          "ErrorEquals": [
            "States.ALL"
          ],
          "Assign": {
            "e": "{% $states.errorOutput %}"
          },
          "Next": "Return"
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
      "TimeoutSeconds": 600,
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
      "Catch": [
        {
          "ErrorEquals": [
            "States.ALL"
          ],
          "Assign": {
            "e": "{% $states.errorOutput %}"
          },
          "Next": "Return"
        }
      ],
      "Output": {
        "error": "none"
      },
      "End": true
    },
    "Return": {
      "Type": "Succeed",
      "Output": {
        "error": "{% $e.Error %}"
      }
    }
  }
}
