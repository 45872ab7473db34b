# Generated from showcase.mlops by mlopsc: change the spec, not this file.

resource "aws_iam_role" "trainer" {
  name = "mlops-showcase-trainer"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "sagemaker.amazonaws.com"
      }
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = data.aws_caller_identity.current.account_id
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "trainer_permissions" {
  name = "permissions"
  role = aws_iam_role.trainer.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
        Resource = "arn:${data.aws_partition.current.partition}:logs:us-east-1:${data.aws_caller_identity.current.account_id}:log-group:/aws/sagemaker/*"
      },
      {
        Effect   = "Allow"
        Action   = "cloudwatch:PutMetricData"
        Resource = "*"
        Condition = {
          StringLike = {
            "cloudwatch:namespace" = "/aws/sagemaker/*"
          }
        }
      },
      {
        Effect   = "Allow"
        Action   = "ecr:GetAuthorizationToken"
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
        Resource = "arn:${data.aws_partition.current.partition}:ecr:us-east-1:*:repository/*"
        Condition = {
          StringNotEquals = {
            "aws:ResourceAccount" = data.aws_caller_identity.current.account_id
          }
        }
      },
      {
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:ListBucket"]
        Resource = [var.data_arn, "${var.data_arn}/*"]
      },
      {
        Effect   = "Allow"
        Action   = ["s3:PutObject", "s3:AbortMultipartUpload"]
        Resource = ["${var.data_arn}/*"]
      },
    ]
  })
}

resource "aws_iam_role" "prepare_role" {
  name = "mlops-showcase-prepare-lambda"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "lambda.amazonaws.com"
      }
    }]
  })
}

resource "aws_iam_role_policy" "prepare_permissions" {
  name = "permissions"
  role = aws_iam_role.prepare_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${var.prepare_logs_arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = ["s3:PutObject", "s3:AbortMultipartUpload"]
        Resource = ["${var.data_arn}/*"]
      },
    ]
  })
}

resource "aws_iam_role" "smoke_role" {
  name = "mlops-showcase-smoke-lambda"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "lambda.amazonaws.com"
      }
    }]
  })
}

resource "aws_iam_role_policy" "smoke_permissions" {
  name = "permissions"
  role = aws_iam_role.smoke_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${var.smoke_logs_arn}:*"
      },
      {
        Effect = "Allow"
        Action = ["sagemaker:InvokeEndpoint", "sagemaker:DescribeEndpoint"]
        Resource = [
          "arn:${data.aws_partition.current.partition}:sagemaker:us-east-1:${data.aws_caller_identity.current.account_id}:endpoint/mlops-showcase-predictor",
        ]
      },
      {
        Effect   = "Allow"
        Action   = ["s3:PutObject", "s3:AbortMultipartUpload"]
        Resource = ["${var.data_arn}/*"]
      },
    ]
  })
}

resource "aws_iam_role" "drift_run_role" {
  name = "mlops-showcase-drift-lambda"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "lambda.amazonaws.com"
      }
    }]
  })
}

resource "aws_iam_role_policy" "drift_run_permissions" {
  name = "permissions"
  role = aws_iam_role.drift_run_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${var.drift_run_logs_arn}:*"
      },
      {
        Effect = "Allow"
        Action = "s3:GetObject"
        Resource = [
          "arn:${data.aws_partition.current.partition}:s3:::${replace("s3://${var.data_id}/baseline.csv", "s3://", "")}",
          "arn:${data.aws_partition.current.partition}:s3:::${replace("s3://${var.data_id}/data-capture/mlops-showcase-predictor/main", "s3://", "")}/*",
        ]
      },
      {
        Effect   = "Allow"
        Action   = "s3:ListBucket"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::${split("/", replace("s3://${var.data_id}/data-capture/mlops-showcase-predictor/main", "s3://", ""))[0]}"
      },
      {
        Effect   = "Allow"
        Action   = "s3:PutObject"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::${replace("s3://${split("/", replace("s3://${var.data_id}/baseline.csv", "s3://", ""))[0]}/drift/drift/", "s3://", "")}*"
      },
      {
        Effect   = "Allow"
        Action   = "cloudwatch:PutMetricData"
        Resource = "*"
        Condition = {
          StringEquals = {
            "cloudwatch:namespace" = "MLOps/Drift"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role" "predictor_role" {
  name = "mlops-showcase-predictor-endpoint"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "sagemaker.amazonaws.com"
      }
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = data.aws_caller_identity.current.account_id
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "predictor_permissions" {
  name = "permissions"
  role = aws_iam_role.predictor_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
        Resource = "${var.predictor_logs_arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = "cloudwatch:PutMetricData"
        Resource = "*"
        Condition = {
          StringEquals = {
            "cloudwatch:namespace" = "/aws/sagemaker/Endpoints"
          }
        }
      },
      {
        Effect   = "Allow"
        Action   = "ecr:GetAuthorizationToken"
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
        Resource = "arn:${data.aws_partition.current.partition}:ecr:us-east-1:*:repository/sagemaker-*"
      },
      {
        Effect   = "Allow"
        Action   = "s3:PutObject"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::${replace("s3://${var.data_id}/data-capture/", "s3://", "")}*"
      },
      {
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:ListBucket"]
        Resource = [var.data_arn, "${var.data_arn}/*"]
      },
    ]
  })
}

resource "aws_iam_role" "train_role" {
  name = "mlops-showcase-train-states"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "states.amazonaws.com"
      }
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = data.aws_caller_identity.current.account_id
        }
      }
    }]
  })
}

resource "aws_iam_role" "roll_back_role" {
  name = "mlops-showcase-roll-back-states"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "states.amazonaws.com"
      }
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = data.aws_caller_identity.current.account_id
        }
      }
    }]
  })
}

resource "aws_iam_role" "clean_up_role" {
  name = "mlops-showcase-clean-up-states"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "states.amazonaws.com"
      }
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = data.aws_caller_identity.current.account_id
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "clean_up_calls" {
  name = "calls"
  role = aws_iam_role.clean_up_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "predictorremoveExistingListEndpoints"
        Effect = "Allow"
        Action = [
          "logs:CreateLogDelivery",
          "logs:DeleteLogDelivery",
          "logs:DescribeLogGroups",
          "logs:DescribeResourcePolicies",
          "logs:GetLogDelivery",
          "logs:ListLogDeliveries",
          "logs:PutResourcePolicy",
          "logs:UpdateLogDelivery",
          "sagemaker:ListEndpointConfigs",
          "sagemaker:ListEndpoints",
          "sagemaker:ListModels",
          "xray:GetSamplingRules",
          "xray:GetSamplingTargets",
          "xray:PutTelemetryRecords",
          "xray:PutTraceSegments",
        ]
        Resource = "*"
      },
      {
        Sid      = "sagemakerdeleteEndpointDeleteEndpoint"
        Effect   = "Allow"
        Action   = "sagemaker:DeleteEndpoint"
        Resource = "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:endpoint/mlops-showcase-predictor"
      },
      {
        Sid      = "sagemakerdeleteEndpointConfigDeleteEndpointConfig"
        Effect   = "Allow"
        Action   = "sagemaker:DeleteEndpointConfig"
        Resource = "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:endpoint-config/mlops-showcase-predictor-*"
      },
      {
        Sid      = "sagemakerdeleteModelDeleteModel"
        Effect   = "Allow"
        Action   = "sagemaker:DeleteModel"
        Resource = "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:model/mlops-showcase-predictor-*"
      },
      {
        Sid      = "modelsclearVersionsListModelPackages"
        Effect   = "Allow"
        Action   = "sagemaker:ListModelPackages"
        Resource = "arn:${data.aws_partition.current.partition}:sagemaker:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:model-package/${var.models_model_package_group_name}/*"
      },
      {
        Sid      = "sagemakerdeleteModelPackageDeleteModelPackage"
        Effect   = "Allow"
        Action   = "sagemaker:DeleteModelPackage"
        Resource = "arn:${data.aws_partition.current.partition}:sagemaker:us-east-1:${data.aws_caller_identity.current.account_id}:model-package/mlops-showcase-models/*"
      },
    ]
  })
}

resource "aws_iam_openid_connect_provider" "github_roles_issuer" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

resource "aws_iam_role" "github_roles_plan" {
  name = "mlops-showcase-github-plan"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRoleWithWebIdentity"
      Principal = {
        Federated = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:oidc-provider/token.actions.githubusercontent.com"
      }
      Condition = {
        StringEquals = {
          "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
        }
        StringLike = {
          "token.actions.githubusercontent.com:sub" = ["repo:acme/mlops-showcase:pull_request", "repo:acme/mlops-showcase:ref:refs/heads/main"]
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "github_roles_reads" {
  name = "reads"
  role = aws_iam_role.github_roles_plan.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Resource = "*"
        Action   = ["lambda:Get*", "lambda:List*", "lambda:Describe*"]
      },
      {
        Effect   = "Allow"
        Resource = "*"
        Action = [
          "s3:GetBucket*",
          "s3:GetAccelerateConfiguration",
          "s3:GetEncryptionConfiguration",
          "s3:GetLifecycleConfiguration",
          "s3:GetReplicationConfiguration",
          "s3:GetIntelligentTieringConfiguration",
          "s3:ListBucket",
          "s3:ListAllMyBuckets",
        ]
      },
      {
        Effect   = "Allow"
        Resource = "*"
        Action   = ["states:Describe*", "states:List*", "states:ValidateStateMachineDefinition"]
      },
      {
        Effect   = "Allow"
        Resource = "*"
        Action   = ["sns:Get*", "sns:List*"]
      },
      {
        Effect   = "Allow"
        Resource = "*"
        Action   = ["logs:Describe*", "logs:List*"]
      },
      {
        Effect   = "Allow"
        Resource = "*"
        Action   = ["events:Describe*", "events:List*"]
      },
      {
        Effect   = "Allow"
        Resource = "*"
        Action   = ["cloudwatch:Get*", "cloudwatch:List*", "cloudwatch:Describe*"]
      },
      {
        Effect   = "Allow"
        Resource = "*"
        Action   = ["cloudwatch:Get*", "cloudwatch:List*", "cloudwatch:Describe*"]
      },
      {
        Effect   = "Allow"
        Resource = "*"
        Action   = ["sagemaker:Describe*", "sagemaker:List*", "sagemaker:GetModelPackageGroupPolicy"]
      },
      {
        Effect   = "Allow"
        Resource = "*"
        Action = [
          "kms:DescribeKey",
          "kms:GetKeyPolicy",
          "kms:GetKeyRotationStatus",
          "kms:ListAliases",
          "kms:ListResourceTags",
        ]
      },
      {
        Effect   = "Allow"
        Resource = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:*"
        Action = [
          "iam:GetRole",
          "iam:GetRolePolicy",
          "iam:GetPolicy",
          "iam:GetPolicyVersion",
          "iam:GetOpenIDConnectProvider",
          "iam:ListRolePolicies",
          "iam:ListAttachedRolePolicies",
          "iam:ListInstanceProfilesForRole",
          "iam:ListPolicyVersions",
        ]
      },
      {
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:GetObjectTagging"]
        Resource = "arn:${data.aws_partition.current.partition}:s3:::*/*"
      },
      {
        Effect   = "Allow"
        Action   = "s3:ListBucket"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::acme-terraform-state"
      },
      {
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::acme-terraform-state/*"
      },
    ]
  })
}

resource "aws_iam_role" "github_roles_apply" {
  name = "mlops-showcase-github-apply"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRoleWithWebIdentity"
      Principal = {
        Federated = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:oidc-provider/token.actions.githubusercontent.com"
      }
      Condition = {
        StringEquals = {
          "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
        }
        StringLike = {
          "token.actions.githubusercontent.com:sub" = ["repo:acme/mlops-showcase:ref:refs/heads/main"]
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "github_roles_writes" {
  name = "writes"
  role = aws_iam_role.github_roles_apply.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Resource = "*"
        Action   = ["lambda:Get*", "lambda:List*", "lambda:Describe*"]
      },
      {
        Effect   = "Allow"
        Resource = "*"
        Action = [
          "s3:GetBucket*",
          "s3:GetAccelerateConfiguration",
          "s3:GetEncryptionConfiguration",
          "s3:GetLifecycleConfiguration",
          "s3:GetReplicationConfiguration",
          "s3:GetIntelligentTieringConfiguration",
          "s3:ListBucket",
          "s3:ListAllMyBuckets",
        ]
      },
      {
        Effect   = "Allow"
        Resource = "*"
        Action   = ["states:Describe*", "states:List*", "states:ValidateStateMachineDefinition"]
      },
      {
        Effect   = "Allow"
        Resource = "*"
        Action   = ["sns:Get*", "sns:List*"]
      },
      {
        Effect   = "Allow"
        Resource = "*"
        Action   = ["logs:Describe*", "logs:List*"]
      },
      {
        Effect   = "Allow"
        Resource = "*"
        Action   = ["events:Describe*", "events:List*"]
      },
      {
        Effect   = "Allow"
        Resource = "*"
        Action   = ["cloudwatch:Get*", "cloudwatch:List*", "cloudwatch:Describe*"]
      },
      {
        Effect   = "Allow"
        Resource = "*"
        Action   = ["cloudwatch:Get*", "cloudwatch:List*", "cloudwatch:Describe*"]
      },
      {
        Effect   = "Allow"
        Resource = "*"
        Action   = ["sagemaker:Describe*", "sagemaker:List*", "sagemaker:GetModelPackageGroupPolicy"]
      },
      {
        Effect   = "Allow"
        Resource = "*"
        Action = [
          "kms:DescribeKey",
          "kms:GetKeyPolicy",
          "kms:GetKeyRotationStatus",
          "kms:ListAliases",
          "kms:ListResourceTags",
        ]
      },
      {
        Effect   = "Allow"
        Action   = "lambda:*"
        Resource = "arn:${data.aws_partition.current.partition}:lambda:us-east-1:${data.aws_caller_identity.current.account_id}:*"
      },
      {
        Effect   = "Allow"
        Action   = "s3:*"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::*"
      },
      {
        Effect   = "Allow"
        Action   = "states:*"
        Resource = "arn:${data.aws_partition.current.partition}:states:us-east-1:${data.aws_caller_identity.current.account_id}:*"
      },
      {
        Effect   = "Allow"
        Action   = "sns:*"
        Resource = "arn:${data.aws_partition.current.partition}:sns:us-east-1:${data.aws_caller_identity.current.account_id}:*"
      },
      {
        Effect   = "Allow"
        Action   = "logs:*"
        Resource = "arn:${data.aws_partition.current.partition}:logs:us-east-1:${data.aws_caller_identity.current.account_id}:*"
      },
      {
        Effect   = "Allow"
        Action   = "events:*"
        Resource = "arn:${data.aws_partition.current.partition}:events:us-east-1:${data.aws_caller_identity.current.account_id}:*"
      },
      {
        Effect   = "Allow"
        Action   = "cloudwatch:*"
        Resource = "arn:${data.aws_partition.current.partition}:cloudwatch:us-east-1:${data.aws_caller_identity.current.account_id}:*"
      },
      {
        Effect   = "Allow"
        Action   = "cloudwatch:*"
        Resource = "arn:${data.aws_partition.current.partition}:cloudwatch::${data.aws_caller_identity.current.account_id}:dashboard/*"
      },
      {
        Effect   = "Allow"
        Action   = "sagemaker:*"
        Resource = "arn:${data.aws_partition.current.partition}:sagemaker:us-east-1:${data.aws_caller_identity.current.account_id}:*"
      },
      {
        Effect   = "Allow"
        Action   = "kms:*"
        Resource = "arn:${data.aws_partition.current.partition}:kms:us-east-1:${data.aws_caller_identity.current.account_id}:*"
      },
      {
        Effect   = "Allow"
        Resource = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:*"
        Action = [
          "iam:GetRole",
          "iam:GetRolePolicy",
          "iam:GetPolicy",
          "iam:GetPolicyVersion",
          "iam:GetOpenIDConnectProvider",
          "iam:ListRolePolicies",
          "iam:ListAttachedRolePolicies",
          "iam:ListInstanceProfilesForRole",
          "iam:ListPolicyVersions",
        ]
      },
      {
        Effect   = "Allow"
        Resource = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:role/mlops-showcase*"
        Action = [
          "iam:CreateRole",
          "iam:DeleteRole",
          "iam:UpdateRole",
          "iam:UpdateAssumeRolePolicy",
          "iam:TagRole",
          "iam:UntagRole",
          "iam:PutRolePolicy",
          "iam:DeleteRolePolicy",
          "iam:AttachRolePolicy",
          "iam:DetachRolePolicy",
          "iam:PassRole",
        ]
      },
      {
        Effect   = "Allow"
        Resource = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:oidc-provider/token.actions.githubusercontent.com"
        Action = [
          "iam:CreateOpenIDConnectProvider",
          "iam:DeleteOpenIDConnectProvider",
          "iam:TagOpenIDConnectProvider",
          "iam:UpdateOpenIDConnectProviderThumbprint",
          "iam:AddClientIDToOpenIDConnectProvider",
        ]
      },
      {
        Effect   = "Allow"
        Resource = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:role/aws-service-role/*"
        Action   = ["iam:CreateServiceLinkedRole"]
      },
      {
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:GetObjectTagging"]
        Resource = "arn:${data.aws_partition.current.partition}:s3:::*/*"
      },
      {
        Effect   = "Allow"
        Action   = "s3:ListBucket"
        Resource = "arn:${data.aws_partition.current.partition}:s3:::acme-terraform-state"
      },
      {
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
        Resource = "arn:${data.aws_partition.current.partition}:s3:::acme-terraform-state/*"
      },
    ]
  })
}

resource "aws_iam_role" "github_roles_run" {
  name = "mlops-showcase-github-run"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRoleWithWebIdentity"
      Principal = {
        Federated = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:oidc-provider/token.actions.githubusercontent.com"
      }
      Condition = {
        StringEquals = {
          "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
        }
        StringLike = {
          "token.actions.githubusercontent.com:sub" = ["repo:acme/mlops-showcase:ref:refs/heads/main"]
        }
      }
    }]
  })
  max_session_duration = 8100
}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}
