# Generated from showcase.mlops by mlopsc: change the spec, not this file.

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

resource "aws_iam_role_policy" "github_roles_runs" {
  name = "runs"
  role = aws_iam_role.github_roles_run.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["states:StartExecution"]
        Resource = [aws_sfn_state_machine.train.arn]
      },
      {
        Effect = "Allow"
        Action = ["states:DescribeExecution"]
        Resource = [
          "arn:${data.aws_partition.current.partition}:states:us-east-1:${data.aws_caller_identity.current.account_id}:execution:mlops-showcase-train:*",
        ]
      },
      {
        Effect   = "Allow"
        Action   = ["lambda:InvokeFunction"]
        Resource = [aws_lambda_function.smoke.arn]
      },
      {
        Effect   = "Allow"
        Action   = ["lambda:InvokeFunction"]
        Resource = [aws_lambda_function.drift_run.arn]
      },
    ]
  })
}
