# Generated from reusable-framework.mlops by mlopsc: change the spec, not this file.

resource "aws_s3_bucket" "preprocess_spark_scripts" {
  bucket        = "glue-${substr(sha256("${var.prefix}-${var.environment}-ml-train-pipeline-common-preprocess-spark"), 0, 16)}-${data.aws_caller_identity.current.account_id}"
  force_destroy = true
}

resource "aws_s3_bucket_public_access_block" "preprocess_spark_private" {
  bucket                  = aws_s3_bucket.preprocess_spark_scripts.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_object" "preprocess_spark_code" {
  bucket      = aws_s3_bucket.preprocess_spark_scripts.id
  key         = "glue/preprocess_spark.py"
  source      = "${path.module}/../glue/preprocess_spark.py"
  source_hash = filemd5("${path.module}/../glue/preprocess_spark.py")
}

resource "aws_iam_role" "preprocess_spark_role" {
  name = "${var.prefix}-${var.environment}-ml-train-pipeline-common-preprocess-spark-glue"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "glue.amazonaws.com"
      }
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = data.aws_caller_identity.current.account_id
        }
      }
    }]
  })
}

resource "aws_cloudwatch_log_group" "preprocess_spark_logs" {
  name              = "/aws-glue/jobs/${var.prefix}-${var.environment}-ml-train-pipeline-common-preprocess-spark"
  retention_in_days = 30
}

resource "aws_iam_role_policy" "preprocess_spark_permissions" {
  name = "permissions"
  role = aws_iam_role.preprocess_spark_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "${aws_s3_bucket.preprocess_spark_scripts.arn}/*"
      },
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:${data.aws_partition.current.partition}:logs:${var.region}:${data.aws_caller_identity.current.account_id}:log-group:/aws-glue/*"
      },
      {
        Effect   = "Allow"
        Action   = "cloudwatch:PutMetricData"
        Resource = "*"
        Condition = {
          StringEquals = {
            "cloudwatch:namespace" = "Glue"
          }
        }
      },
      {
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:ListBucket"]
        Resource = [data.aws_s3_bucket.artifacts.arn, "${data.aws_s3_bucket.artifacts.arn}/*"]
      },
      {
        Effect   = "Allow"
        Action   = ["s3:ListBucket", "s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"]
        Resource = [data.aws_s3_bucket.artifacts.arn, "${data.aws_s3_bucket.artifacts.arn}/*"]
      },
    ]
  })
}

resource "aws_glue_job" "preprocess_spark" {
  name              = "${var.prefix}-${var.environment}-ml-train-pipeline-common-preprocess-spark"
  role_arn          = aws_iam_role.preprocess_spark_role.arn
  glue_version      = "4.0"
  timeout           = 120
  worker_type       = "G.1X"
  number_of_workers = 2
  default_arguments = {
    "--job-language"                     = "python"
    "--enable-continuous-cloudwatch-log" = "true"
    "--continuous-log-logGroup"          = aws_cloudwatch_log_group.preprocess_spark_logs.name
  }

  command {
    name            = "glueetl"
    script_location = "s3://${aws_s3_bucket.preprocess_spark_scripts.id}/${aws_s3_object.preprocess_spark_code.key}"
    python_version  = "3"
  }
}

resource "aws_s3_bucket" "preprocess_python_scripts" {
  bucket        = "glue-${substr(sha256("${var.prefix}-${var.environment}-ml-train-pipeline-common-preprocess-python"), 0, 16)}-${data.aws_caller_identity.current.account_id}"
  force_destroy = true
}

resource "aws_s3_bucket_public_access_block" "preprocess_python_private" {
  bucket                  = aws_s3_bucket.preprocess_python_scripts.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_object" "preprocess_python_code" {
  bucket      = aws_s3_bucket.preprocess_python_scripts.id
  key         = "glue/preprocess_python.py"
  source      = "${path.module}/../glue/preprocess_python.py"
  source_hash = filemd5("${path.module}/../glue/preprocess_python.py")
}

resource "aws_iam_role" "preprocess_python_role" {
  name = "${var.prefix}-${var.environment}-ml-train-pipeline-common-preprocess-python-glue"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "glue.amazonaws.com"
      }
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = data.aws_caller_identity.current.account_id
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "preprocess_python_permissions" {
  name = "permissions"
  role = aws_iam_role.preprocess_python_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "${aws_s3_bucket.preprocess_python_scripts.arn}/*"
      },
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:${data.aws_partition.current.partition}:logs:${var.region}:${data.aws_caller_identity.current.account_id}:log-group:/aws-glue/*"
      },
      {
        Effect   = "Allow"
        Action   = "cloudwatch:PutMetricData"
        Resource = "*"
        Condition = {
          StringEquals = {
            "cloudwatch:namespace" = "Glue"
          }
        }
      },
      {
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:ListBucket"]
        Resource = [data.aws_s3_bucket.artifacts.arn, "${data.aws_s3_bucket.artifacts.arn}/*"]
      },
      {
        Effect   = "Allow"
        Action   = ["s3:PutObject", "s3:AbortMultipartUpload"]
        Resource = ["${data.aws_s3_bucket.artifacts.arn}/*"]
      },
    ]
  })
}

resource "aws_glue_job" "preprocess_python" {
  name              = "${var.prefix}-${var.environment}-ml-train-pipeline-common-preprocess-python"
  role_arn          = aws_iam_role.preprocess_python_role.arn
  glue_version      = "3.0"
  timeout           = 120
  max_capacity      = 1
  default_arguments = {}

  command {
    name            = "pythonshell"
    script_location = "s3://${aws_s3_bucket.preprocess_python_scripts.id}/${aws_s3_object.preprocess_python_code.key}"
    python_version  = "3.9"
  }
}
