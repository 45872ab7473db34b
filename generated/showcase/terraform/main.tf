# Generated from showcase.mlops by mlopsc: change the spec, not this file.

module "s3" {
  source = "./modules/s3"

  training_tar_output_path   = module.lambda.training_tar_output_path
  training_tar_output_sha256 = module.lambda.training_tar_output_sha256
}

module "sagemaker" {
  source = "./modules/sagemaker"
}

module "secrets" {
  source = "./modules/secrets"
}

module "notifications" {
  source = "./modules/notifications"

  alert_email    = var.alert_email
  alerts_own_arn = module.secrets.alerts_own_arn
}

module "lambda" {
  source = "./modules/lambda"
}

module "iam" {
  source = "./modules/iam"

  data_arn                        = module.s3.data_arn
  prepare_logs_arn                = module.logs.prepare_logs_arn
  prepare_zip_output_path         = module.lambda.prepare_zip_output_path
  prepare_zip_output_base64sha256 = module.lambda.prepare_zip_output_base64sha256
  data_id                         = module.s3.data_id
  prepare_logs_id                 = module.logs.prepare_logs_id
  smoke_logs_arn                  = module.logs.smoke_logs_arn
  smoke_zip_output_path           = module.lambda.smoke_zip_output_path
  smoke_zip_output_base64sha256   = module.lambda.smoke_zip_output_base64sha256
  smoke_logs_id                   = module.logs.smoke_logs_id
  drift_run_logs_arn              = module.logs.drift_run_logs_arn
  predictor_logs_arn              = module.logs.predictor_logs_arn
  models_model_package_group_name = module.sagemaker.models_model_package_group_name
}

module "logs" {
  source = "./modules/logs"
}

module "events" {
  source = "./modules/events"

  drift_run_role_arn                = module.iam.drift_run_role_arn
  drift_run_zip_output_path         = module.lambda.drift_run_zip_output_path
  drift_run_zip_output_base64sha256 = module.lambda.drift_run_zip_output_base64sha256
  data_id                           = module.s3.data_id
  drift_run_logs_id                 = module.logs.drift_run_logs_id
  drift_run_permissions_id          = module.iam.drift_run_permissions_id
  train_arn                         = module.workflow.train_arn
  alerts_arn                        = module.notifications.alerts_arn
  github_roles_run_id               = module.iam.github_roles_run_id
  smoke_arn                         = module.iam.smoke_arn
}

module "monitoring" {
  source = "./modules/monitoring"

  latency_threshold_ms = var.latency_threshold_ms
  alerts_arn           = module.notifications.alerts_arn
}

module "workflow" {
  source = "./modules/workflow"

  data_capture_sampling_percentage = var.data_capture_sampling_percentage
  serverless_memory_size           = var.serverless_memory_size
  serverless_max_concurrency       = var.serverless_max_concurrency
  train_role_arn                   = module.iam.train_role_arn
  data_id                          = module.s3.data_id
  prepare_arn                      = module.iam.prepare_arn
  trainer_arn                      = module.iam.trainer_arn
  models_model_package_group_name  = module.sagemaker.models_model_package_group_name
  predictor_role_arn               = module.iam.predictor_role_arn
  smoke_arn                        = module.iam.smoke_arn
  train_logs_arn                   = module.logs.train_logs_arn
  train_calls_id                   = module.iam.train_calls_id
  roll_back_role_arn               = module.iam.roll_back_role_arn
  roll_back_logs_arn               = module.logs.roll_back_logs_arn
  roll_back_calls_id               = module.iam.roll_back_calls_id
  clean_up_role_arn                = module.iam.clean_up_role_arn
  clean_up_logs_arn                = module.logs.clean_up_logs_arn
  clean_up_calls_id                = module.iam.clean_up_calls_id
}
