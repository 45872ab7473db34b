# Generated from codepipeline.mlops by mlopsc: change the spec, not this file.

resource "aws_iam_role" "train_on_push_role" {
  name = "ml-infra-pipelines-train-on-push-delivery"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "codepipeline.amazonaws.com"
      }
    }]
  })
}

resource "aws_iam_role_policy" "train_on_push_permissions" {
  name = "permissions"
  role = aws_iam_role.train_on_push_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"]
        Resource = "${aws_s3_bucket.train_on_push_artifacts.arn}/*"
      },
      {
        Effect   = "Allow"
        Action   = ["s3:GetBucketAcl", "s3:GetBucketLocation", "s3:GetBucketVersioning"]
        Resource = aws_s3_bucket.train_on_push_artifacts.arn
      },
      {
        Effect   = "Allow"
        Resource = aws_codecommit_repository.source.arn
        Action = [
          "codecommit:GetBranch",
          "codecommit:GetCommit",
          "codecommit:GetRepository",
          "codecommit:UploadArchive",
          "codecommit:GetUploadArchiveStatus",
          "codecommit:CancelUploadArchive",
        ]
      },
    ]
  })
}

resource "aws_iam_role_policy" "train_on_push_train_runs" {
  name = "runs-train"
  role = aws_iam_role.train_on_push_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["codebuild:StartBuild", "codebuild:BatchGetBuilds"]
      Resource = aws_codebuild_project.train.arn
    }]
  })
}

resource "aws_iam_role_policy" "train_on_push_train_1_artifacts_for" {
  name = "train_on_push"
  role = aws_iam_role.train_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"]
        Resource = "${aws_s3_bucket.train_on_push_artifacts.arn}/*"
      },
      {
        Effect   = "Allow"
        Action   = ["s3:GetBucketAcl", "s3:GetBucketLocation", "s3:GetBucketVersioning"]
        Resource = aws_s3_bucket.train_on_push_artifacts.arn
      },
    ]
  })
}

resource "aws_codepipeline" "train_on_push" {
  name           = "ml-infra-pipelines-train-on-push"
  role_arn       = aws_iam_role.train_on_push_role.arn
  pipeline_type  = "V2"
  execution_mode = "QUEUED"

  artifact_store {
    location = aws_s3_bucket.train_on_push_artifacts.id
    type     = "S3"
  }

  stage {
    name = "Source"

    action {
      name             = "Source"
      category         = "Source"
      owner            = "AWS"
      provider         = "CodeCommit"
      version          = "1"
      namespace        = "Source"
      output_artifacts = ["source"]
      configuration = {
        RepositoryName       = aws_codecommit_repository.source.repository_name
        BranchName           = "main"
        PollForSourceChanges = "false"
      }
    }
  }

  stage {
    name = "train"

    action {
      name     = "train"
      category = "Build"
      owner    = "AWS"
      provider = "CodeBuild"
      version  = "1"
      configuration = {
        ProjectName          = aws_codebuild_project.train.name
        EnvironmentVariables = "[{\"name\": \"COMMIT\", \"value\": \"#{Source.CommitId}\", \"type\": \"PLAINTEXT\"}]"
      }
      input_artifacts = ["source"]
    }
  }

  depends_on = [aws_iam_role_policy.train_on_push_permissions]
}

resource "aws_cloudwatch_event_rule" "train_on_push_pushed" {
  name = "ml-infra-pipelines-train-on-push"
  event_pattern = jsonencode({
    source      = ["aws.codecommit"]
    detail-type = ["CodeCommit Repository State Change"]
    resources   = [aws_codecommit_repository.source.arn]
    detail = {
      event         = ["referenceCreated", "referenceUpdated"]
      referenceType = ["branch"]
      referenceName = ["main"]
    }
  })
}

resource "aws_iam_role" "train_on_push_starter" {
  name = "ml-infra-pipelines-train-on-push-start"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "events.amazonaws.com"
      }
      Condition = {
        ArnEquals = {
          "aws:SourceArn" = aws_cloudwatch_event_rule.train_on_push_pushed.arn
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "train_on_push_start" {
  name = "start"
  role = aws_iam_role.train_on_push_starter.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "codepipeline:StartPipelineExecution"
      Resource = aws_codepipeline.train_on_push.arn
    }]
  })
}

resource "aws_cloudwatch_event_target" "train_on_push_begins" {
  rule     = aws_cloudwatch_event_rule.train_on_push_pushed.name
  arn      = aws_codepipeline.train_on_push.arn
  role_arn = aws_iam_role.train_on_push_starter.arn
}

resource "aws_cloudwatch_event_rule" "train_on_push_failed" {
  name = "ml-infra-pipelines-train-on-push-failed"
  event_pattern = jsonencode({
    source      = ["aws.codepipeline"]
    detail-type = ["CodePipeline Pipeline Execution State Change"]
    resources   = [aws_codepipeline.train_on_push.arn]
    detail = {
      state = ["FAILED"]
    }
  })
}

resource "aws_cloudwatch_event_target" "train_on_push_failed_1_target" {
  rule = aws_cloudwatch_event_rule.train_on_push_failed.name
  arn  = aws_sns_topic.alerts.arn
}
