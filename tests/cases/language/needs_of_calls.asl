{
  "Comment": "Flow main of needs_of_calls.mlops",
  "QueryLanguage": "JSONata",
  "StartAt": "Rows.Run",
  "States": {
    "Rows.Run": {
      "Type": "Task",
      "Resource": "arn:aws:states:::athena:startQueryExecution.sync",
      "Arguments": {
        "QueryString": "SELECT count(*) FROM orders WHERE day = ?",
        "WorkGroup": "primary",
        "ExecutionParameters": [
          "{% \"'\" & $states.context.Execution.Input.day & \"'\" %}"
        ],
        "QueryExecutionContext": {
          "Database": "shop"
        },
        "ResultConfiguration": {
          "OutputLocation": "s3://${results_id}/q/"
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
      "Next": "Counted.Run"
    },
    "Counted.Run": {
      "Type": "Task",
      "Resource": "arn:aws:states:::athena:startQueryExecution.sync",
      "Arguments": {
        "QueryString": "SELECT 1",
        "ResultConfiguration": {
          "OutputLocation": "s3://${results_id}/q/"
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
      "Output": {
        "rows": "{% $Rows.rows %}",
        "id": "{% { \"id\": $states.result.QueryExecution.QueryExecutionId }.id %}"
      },
      "End": true
    }
  }
}
