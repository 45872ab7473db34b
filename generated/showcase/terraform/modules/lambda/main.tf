# Generated from showcase.mlops by mlopsc: change the spec, not this file.

data "archive_file" "prepare_zip" {
  type        = "zip"
  source_file = "${path.module}/../../../src/data/prepare.py"
  output_path = "${path.module}/../../build/prepare.zip"
}

resource "aws_lambda_function" "prepare" {
  function_name    = "mlops-showcase-prepare"
  role             = var.prepare_role_arn
  runtime          = "python3.12"
  handler          = "prepare.handler"
  filename         = data.archive_file.prepare_zip.output_path
  source_code_hash = data.archive_file.prepare_zip.output_base64sha256
  memory_size      = 128
  timeout          = 60

  environment {
    variables = {
      DATA = var.data_id
    }
  }

  depends_on = [var.prepare_logs_id, var.prepare_permissions_id]
}

data "archive_file" "smoke_zip" {
  type        = "zip"
  source_file = "${path.module}/../../../src/test_endpoint.py"
  output_path = "${path.module}/../../build/smoke.zip"
}

resource "aws_lambda_function" "smoke" {
  function_name    = "mlops-showcase-smoke"
  role             = var.smoke_role_arn
  runtime          = "python3.12"
  handler          = "test_endpoint.handler"
  filename         = data.archive_file.smoke_zip.output_path
  source_code_hash = data.archive_file.smoke_zip.output_base64sha256
  memory_size      = 128
  timeout          = 600

  environment {
    variables = {
      PREDICTOR = "mlops-showcase-predictor"
      DATA      = var.data_id
    }
  }

  depends_on = [var.smoke_logs_id, var.smoke_permissions_id]
}

data "archive_file" "drift_run_zip" {
  type        = "zip"
  source_file = "${path.module}/../../../src/monitoring/drift.py"
  output_path = "${path.module}/../../build/drift_run.zip"
}

resource "aws_lambda_function" "drift_run" {
  function_name    = "mlops-showcase-drift"
  role             = var.drift_run_role_arn
  runtime          = "python3.12"
  handler          = "drift.handler"
  filename         = data.archive_file.drift_run_zip.output_path
  source_code_hash = data.archive_file.drift_run_zip.output_base64sha256
  memory_size      = 512
  timeout          = 300

  environment {
    variables = {
      ENDPOINT     = "mlops-showcase-predictor"
      REQUESTS     = "s3://${var.data_id}/data-capture/mlops-showcase-predictor/main"
      BASELINE     = "s3://${var.data_id}/baseline.csv"
      REPORTS      = "s3://${split("/", replace("s3://${var.data_id}/baseline.csv", "s3://", ""))[0]}/drift/drift/"
      NAMESPACE    = "MLOps/Drift"
      WINDOW_HOURS = "24"
      THRESHOLD    = "0.2"
    }
  }

  depends_on = [var.drift_run_logs_id, var.drift_run_permissions_id]
}
