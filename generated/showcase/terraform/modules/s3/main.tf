# Generated from showcase.mlops by mlopsc: change the spec, not this file.

resource "aws_s3_bucket" "data" {
  bucket        = "mlops-showcase-data-${data.aws_caller_identity.current.account_id}"
  force_destroy = true
}

resource "aws_s3_bucket_public_access_block" "data_private" {
  bucket                  = aws_s3_bucket.data.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_policy" "data_transport" {
  bucket = aws_s3_bucket.data.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyEncrypted"
      Effect    = "Deny"
      Action    = "s3:*"
      Principal = "*"
      Resource  = [aws_s3_bucket.data.arn, "${aws_s3_bucket.data.arn}/*"]
      Condition = {
        Bool = {
          "aws:SecureTransport" = "false"
        }
      }
    }]
  })
  depends_on = [aws_s3_bucket_public_access_block.data_private]
}

resource "aws_s3_bucket_server_side_encryption_configuration" "data_encryption" {
  bucket = aws_s3_bucket.data.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}

resource "aws_s3_bucket_versioning" "data_versions" {
  bucket = aws_s3_bucket.data.id

  versioning_configuration {
    status = "Enabled"
  }
}

data "archive_file" "training_tar" {
  type             = "tar.gz"
  source_dir       = "${path.module}/../../../src/training"
  output_path      = "${path.module}/../../build/training.tar.gz"
  output_file_mode = "0644"
  excludes         = ["**/__pycache__/**"]
}

resource "aws_s3_object" "training" {
  bucket      = aws_s3_bucket.data.id
  key         = "code/training.tar.gz"
  source      = data.archive_file.training_tar.output_path
  source_hash = data.archive_file.training_tar.output_sha256
}

data "aws_caller_identity" "current" {}
