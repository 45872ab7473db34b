# Generated from showcase.mlops by mlopsc: change the spec, not this file.

resource "aws_sfn_state_machine" "train" {
  name     = "mlops-showcase-train"
  role_arn = var.train_role_arn
  definition = templatefile("${path.module}/../../statemachines/train.asl.json", {
    data_id_json                                     = trimsuffix(trimprefix(jsonencode(jsonencode(var.data_id)), "\""), "\"")
    prepare_arn                                      = trimsuffix(trimprefix(jsonencode(var.prepare_arn), "\""), "\"")
    data_id                                          = trimsuffix(trimprefix(jsonencode(var.data_id), "\""), "\"")
    trainer_arn                                      = trimsuffix(trimprefix(jsonencode(var.trainer_arn), "\""), "\"")
    value_json                                       = trimsuffix(trimprefix(jsonencode(jsonencode(jsonencode("s3://${var.data_id}/code/training.tar.gz"))), "\""), "\"")
    models_model_package_group_name                  = trimsuffix(trimprefix(jsonencode(var.models_model_package_group_name), "\""), "\"")
    data_aws_partition_current_partition_json        = trimsuffix(trimprefix(jsonencode(jsonencode(data.aws_partition.current.partition)), "\""), "\"")
    data_aws_caller_identity_current_account_id_json = trimsuffix(trimprefix(jsonencode(jsonencode(data.aws_caller_identity.current.account_id)), "\""), "\"")
    value_json_2                                     = trimsuffix(trimprefix(jsonencode(jsonencode("s3://${var.data_id}/")), "\""), "\"")
    predictor_role_arn                               = trimsuffix(trimprefix(jsonencode(var.predictor_role_arn), "\""), "\"")
    value_json_3 = trimsuffix(trimprefix(jsonencode(jsonencode({
      REQUEST_LOG    = "s3://${var.data_id}/data-capture/mlops-showcase-predictor/main/"
      REQUEST_SAMPLE = tostring(var.data_capture_sampling_percentage)
    })), "\""), "\"")
    serverless_memory_size_json                 = trimsuffix(trimprefix(jsonencode(jsonencode(var.serverless_memory_size)), "\""), "\"")
    serverless_max_concurrency_json             = trimsuffix(trimprefix(jsonencode(jsonencode(var.serverless_max_concurrency)), "\""), "\"")
    data_aws_partition_current_partition        = trimsuffix(trimprefix(jsonencode(data.aws_partition.current.partition), "\""), "\"")
    data_aws_caller_identity_current_account_id = trimsuffix(trimprefix(jsonencode(data.aws_caller_identity.current.account_id), "\""), "\"")
    smoke_arn                                   = trimsuffix(trimprefix(jsonencode(var.smoke_arn), "\""), "\"")
  })

  logging_configuration {
    level                  = "ALL"
    include_execution_data = false
    log_destination        = "${var.train_logs_arn}:*"
  }

  tracing_configuration {
    enabled = true
  }

  depends_on = [var.train_calls_id]
}

resource "aws_sfn_state_machine" "roll_back" {
  name     = "mlops-showcase-roll-back"
  role_arn = var.roll_back_role_arn
  definition = templatefile("${path.module}/../../statemachines/roll_back.asl.json", {
    data_aws_partition_current_partition_json        = trimsuffix(trimprefix(jsonencode(jsonencode(data.aws_partition.current.partition)), "\""), "\"")
    data_aws_caller_identity_current_account_id_json = trimsuffix(trimprefix(jsonencode(jsonencode(data.aws_caller_identity.current.account_id)), "\""), "\"")
    data_id                                          = trimsuffix(trimprefix(jsonencode(var.data_id), "\""), "\"")
    value_json                                       = trimsuffix(trimprefix(jsonencode(jsonencode("s3://${var.data_id}/")), "\""), "\"")
    predictor_role_arn                               = trimsuffix(trimprefix(jsonencode(var.predictor_role_arn), "\""), "\"")
    value_json_2 = trimsuffix(trimprefix(jsonencode(jsonencode({
      REQUEST_LOG    = "s3://${var.data_id}/data-capture/mlops-showcase-predictor/main/"
      REQUEST_SAMPLE = tostring(var.data_capture_sampling_percentage)
    })), "\""), "\"")
    serverless_memory_size_json                 = trimsuffix(trimprefix(jsonencode(jsonencode(var.serverless_memory_size)), "\""), "\"")
    serverless_max_concurrency_json             = trimsuffix(trimprefix(jsonencode(jsonencode(var.serverless_max_concurrency)), "\""), "\"")
    data_aws_partition_current_partition        = trimsuffix(trimprefix(jsonencode(data.aws_partition.current.partition), "\""), "\"")
    data_aws_caller_identity_current_account_id = trimsuffix(trimprefix(jsonencode(data.aws_caller_identity.current.account_id), "\""), "\"")
    smoke_arn                                   = trimsuffix(trimprefix(jsonencode(var.smoke_arn), "\""), "\"")
  })

  logging_configuration {
    level                  = "ALL"
    include_execution_data = false
    log_destination        = "${var.roll_back_logs_arn}:*"
  }

  tracing_configuration {
    enabled = true
  }

  depends_on = [var.roll_back_calls_id]
}

resource "aws_sfn_state_machine" "clean_up" {
  name     = "mlops-showcase-clean-up"
  role_arn = var.clean_up_role_arn
  definition = templatefile("${path.module}/../../statemachines/clean_up.asl.json", {
    models_model_package_group_name                  = trimsuffix(trimprefix(jsonencode(var.models_model_package_group_name), "\""), "\"")
    data_aws_partition_current_partition_json        = trimsuffix(trimprefix(jsonencode(jsonencode(data.aws_partition.current.partition)), "\""), "\"")
    data_aws_caller_identity_current_account_id_json = trimsuffix(trimprefix(jsonencode(jsonencode(data.aws_caller_identity.current.account_id)), "\""), "\"")
  })

  logging_configuration {
    level                  = "ALL"
    include_execution_data = false
    log_destination        = "${var.clean_up_logs_arn}:*"
  }

  tracing_configuration {
    enabled = true
  }

  depends_on = [var.clean_up_calls_id]
}

data "aws_partition" "current" {}

data "aws_caller_identity" "current" {}
