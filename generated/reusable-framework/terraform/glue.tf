# Generated from reusable-framework.mlops by mlopsc: change the spec, not this file.

resource "aws_s3_bucket" "preprocess_scripts" {
  bucket        = "glue-${substr(sha256("${var.prefix}-${var.environment}-ml-train-pipeline-common-preprocess"), 0, 16)}-${data.aws_caller_identity.current.account_id}"
  force_destroy = true
}

resource "aws_s3_bucket_public_access_block" "preprocess_private" {
  bucket                  = aws_s3_bucket.preprocess_scripts.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_object" "preprocess_code" {
  bucket      = aws_s3_bucket.preprocess_scripts.id
  key         = "glue/preprocess.py"
  source      = "${path.module}/../glue/preprocess.py"
  source_hash = filemd5("${path.module}/../glue/preprocess.py")
}

resource "aws_iam_role" "preprocess_role" {
  name = "${var.prefix}-${var.environment}-ml-train-pipeline-common-preprocess-glue"
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

resource "aws_cloudwatch_log_group" "preprocess_logs" {
  name              = "/aws-glue/jobs/${var.prefix}-${var.environment}-ml-train-pipeline-common-preprocess"
  retention_in_days = 30
}

resource "aws_iam_role_policy" "preprocess_permissions" {
  name = "permissions"
  role = aws_iam_role.preprocess_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "${aws_s3_bucket.preprocess_scripts.arn}/*"
      },
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.preprocess_logs.arn}:*"
      },
    ]
  })
}

resource "aws_glue_job" "preprocess" {
  name              = "${var.prefix}-${var.environment}-ml-train-pipeline-common-preprocess"
  role_arn          = aws_iam_role.preprocess_role.arn
  glue_version      = "4.0"
  timeout           = 120
  worker_type       = "G.1X"
  number_of_workers = 10
  default_arguments = {
    "--job-language"            = "python"
    "--continuous-log-logGroup" = aws_cloudwatch_log_group.preprocess_logs.name
  }

  command {
    name            = "glueetl"
    script_location = "s3://${aws_s3_bucket.preprocess_scripts.id}/${aws_s3_object.preprocess_code.key}"
    python_version  = "3"
  }
}
