# Generated from showcase.mlops by mlopsc: change the spec, not this file.

moved {
  from = module.iam.aws_lambda_function.prepare
  to   = module.lambda.aws_lambda_function.prepare
}

moved {
  from = module.iam.aws_lambda_function.smoke
  to   = module.lambda.aws_lambda_function.smoke
}

moved {
  from = module.events.aws_lambda_function.drift_run
  to   = module.lambda.aws_lambda_function.drift_run
}

moved {
  from = module.iam.aws_iam_role_policy.train_calls
  to   = module.workflow.aws_iam_role_policy.train_calls
}

moved {
  from = module.iam.aws_iam_role_policy.roll_back_calls
  to   = module.workflow.aws_iam_role_policy.roll_back_calls
}

moved {
  from = module.events.aws_iam_role_policy.github_roles_runs
  to   = module.workflow.aws_iam_role_policy.github_roles_runs
}
