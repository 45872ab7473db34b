# Generated from showcase.mlops by mlopsc: change the spec, not this file.

module "s3" {
  source = "./modules/s3"
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

module "iam" {
  source = "./modules/iam"

  data_arn                        = module.s3.data_arn
  prepare_logs_arn                = module.logs.prepare_logs_arn
  smoke_logs_arn                  = module.logs.smoke_logs_arn
  drift_run_logs_arn              = module.logs.drift_run_logs_arn
  data_id                         = module.s3.data_id
  predictor_logs_arn              = module.logs.predictor_logs_arn
  models_model_package_group_name = module.sagemaker.models_model_package_group_name
}

module "lambda" {
  source = "./modules/lambda"

  prepare_role_arn         = module.iam.prepare_role_arn
  data_id                  = module.s3.data_id
  prepare_logs_id          = module.logs.prepare_logs_id
  prepare_permissions_id   = module.iam.prepare_permissions_id
  smoke_role_arn           = module.iam.smoke_role_arn
  smoke_logs_id            = module.logs.smoke_logs_id
  smoke_permissions_id     = module.iam.smoke_permissions_id
  drift_run_role_arn       = module.iam.drift_run_role_arn
  drift_run_logs_id        = module.logs.drift_run_logs_id
  drift_run_permissions_id = module.iam.drift_run_permissions_id
}

module "logs" {
  source = "./modules/logs"
}

module "events" {
  source = "./modules/events"

  drift_run_arn           = module.lambda.drift_run_arn
  drift_run_function_name = module.lambda.drift_run_function_name
  train_arn               = module.workflow.train_arn
  alerts_arn              = module.notifications.alerts_arn
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
  train_role_id                    = module.iam.train_role_id
  prepare_arn                      = module.lambda.prepare_arn
  trainer_arn                      = module.iam.trainer_arn
  models_model_package_group_name  = module.sagemaker.models_model_package_group_name
  data_id                          = module.s3.data_id
  predictor_role_arn               = module.iam.predictor_role_arn
  smoke_arn                        = module.lambda.smoke_arn
  train_role_arn                   = module.iam.train_role_arn
  train_logs_arn                   = module.logs.train_logs_arn
  roll_back_role_id                = module.iam.roll_back_role_id
  roll_back_role_arn               = module.iam.roll_back_role_arn
  roll_back_logs_arn               = module.logs.roll_back_logs_arn
  clean_up_role_arn                = module.iam.clean_up_role_arn
  clean_up_logs_arn                = module.logs.clean_up_logs_arn
  clean_up_calls_id                = module.iam.clean_up_calls_id
  github_roles_run_id              = module.iam.github_roles_run_id
  drift_run_arn                    = module.lambda.drift_run_arn
}
