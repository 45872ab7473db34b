# Generated from showcase.mlops by mlopsc: change the spec, not this file.

data "archive_file" "training_tar" {
  type             = "tar.gz"
  source_dir       = "${path.module}/../../../src/training"
  output_path      = "${path.module}/../../build/training.tar.gz"
  output_file_mode = "0644"
  excludes         = ["**/__pycache__/**"]
}

data "archive_file" "prepare_zip" {
  type        = "zip"
  source_file = "${path.module}/../../../src/data/prepare.py"
  output_path = "${path.module}/../../build/prepare.zip"
}

data "archive_file" "smoke_zip" {
  type        = "zip"
  source_file = "${path.module}/../../../src/test_endpoint.py"
  output_path = "${path.module}/../../build/smoke.zip"
}

data "archive_file" "drift_run_zip" {
  type        = "zip"
  source_file = "${path.module}/../../../src/monitoring/drift.py"
  output_path = "${path.module}/../../build/drift_run.zip"
}
