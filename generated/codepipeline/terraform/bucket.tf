# Generated from codepipeline.mlops by mlopsc: change the spec, not this file.

resource "aws_s3_bucket" "store" {
  bucket        = "ml-infra-pipelines-store-${data.aws_caller_identity.current.account_id}"
  force_destroy = false
}

resource "aws_s3_bucket_public_access_block" "store_private" {
  bucket                  = aws_s3_bucket.store.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_policy" "store_transport" {
  bucket = aws_s3_bucket.store.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyEncrypted"
      Effect    = "Deny"
      Action    = "s3:*"
      Principal = "*"
      Resource  = [aws_s3_bucket.store.arn, "${aws_s3_bucket.store.arn}/*"]
      Condition = {
        Bool = {
          "aws:SecureTransport" = "false"
        }
      }
    }]
  })
  depends_on = [aws_s3_bucket_public_access_block.store_private]
}

resource "aws_s3_bucket_server_side_encryption_configuration" "store_encryption" {
  bucket = aws_s3_bucket.store.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}

resource "aws_s3_bucket_versioning" "store_versions" {
  bucket = aws_s3_bucket.store.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_object" "store_uploaded" {
  for_each    = fileset("${path.module}/../dataset", "**")
  bucket      = aws_s3_bucket.store.id
  key         = "dataset/${each.value}"
  source      = "${path.module}/../dataset/${each.value}"
  source_hash = filemd5("${path.module}/../dataset/${each.value}")
}

resource "aws_s3_bucket" "training_sources" {
  bucket        = "ml-infra-pipelines-training-sources-${data.aws_caller_identity.current.account_id}"
  force_destroy = true
}

resource "aws_s3_bucket_public_access_block" "training_sources_private" {
  bucket                  = aws_s3_bucket.training_sources.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_policy" "training_sources_transport" {
  bucket = aws_s3_bucket.training_sources.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyEncrypted"
      Effect    = "Deny"
      Action    = "s3:*"
      Principal = "*"
      Resource  = [aws_s3_bucket.training_sources.arn, "${aws_s3_bucket.training_sources.arn}/*"]
      Condition = {
        Bool = {
          "aws:SecureTransport" = "false"
        }
      }
    }]
  })
  depends_on = [aws_s3_bucket_public_access_block.training_sources_private]
}

resource "aws_s3_bucket_server_side_encryption_configuration" "training_sources_encryption" {
  bucket = aws_s3_bucket.training_sources.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}

resource "aws_s3_bucket_versioning" "training_sources_versions" {
  bucket = aws_s3_bucket.training_sources.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket" "serving_sources" {
  bucket        = "ml-infra-pipelines-serving-sources-${data.aws_caller_identity.current.account_id}"
  force_destroy = true
}

resource "aws_s3_bucket_public_access_block" "serving_sources_private" {
  bucket                  = aws_s3_bucket.serving_sources.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_policy" "serving_sources_transport" {
  bucket = aws_s3_bucket.serving_sources.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyEncrypted"
      Effect    = "Deny"
      Action    = "s3:*"
      Principal = "*"
      Resource  = [aws_s3_bucket.serving_sources.arn, "${aws_s3_bucket.serving_sources.arn}/*"]
      Condition = {
        Bool = {
          "aws:SecureTransport" = "false"
        }
      }
    }]
  })
  depends_on = [aws_s3_bucket_public_access_block.serving_sources_private]
}

resource "aws_s3_bucket_server_side_encryption_configuration" "serving_sources_encryption" {
  bucket = aws_s3_bucket.serving_sources.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}

resource "aws_s3_bucket_versioning" "serving_sources_versions" {
  bucket = aws_s3_bucket.serving_sources.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket" "train_on_push_artifacts" {
  bucket        = "ml-infra-pipelines-train-on-push-artifacts-${data.aws_caller_identity.current.account_id}"
  force_destroy = true
}

resource "aws_s3_bucket_public_access_block" "train_on_push_artifacts_private" {
  bucket                  = aws_s3_bucket.train_on_push_artifacts.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_policy" "train_on_push_artifacts_transport" {
  bucket = aws_s3_bucket.train_on_push_artifacts.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyEncrypted"
      Effect    = "Deny"
      Action    = "s3:*"
      Principal = "*"
      Resource  = [aws_s3_bucket.train_on_push_artifacts.arn, "${aws_s3_bucket.train_on_push_artifacts.arn}/*"]
      Condition = {
        Bool = {
          "aws:SecureTransport" = "false"
        }
      }
    }]
  })
  depends_on = [aws_s3_bucket_public_access_block.train_on_push_artifacts_private]
}

resource "aws_s3_bucket_server_side_encryption_configuration" "train_on_push_artifacts_encryption" {
  bucket = aws_s3_bucket.train_on_push_artifacts.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}

resource "aws_s3_bucket_versioning" "train_on_push_artifacts_versions" {
  bucket = aws_s3_bucket.train_on_push_artifacts.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "train_on_push_artifacts_lifecycle" {
  bucket = aws_s3_bucket.train_on_push_artifacts.id

  rule {
    id     = "expire"
    status = "Enabled"

    filter {}

    expiration {
      days = 90
    }

    noncurrent_version_expiration {
      noncurrent_days = 90
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}

resource "aws_s3_bucket" "probe_results" {
  bucket        = "ml-infra-pipelines-probe-results-${data.aws_caller_identity.current.account_id}"
  force_destroy = true
}

resource "aws_s3_bucket_public_access_block" "probe_results_private" {
  bucket                  = aws_s3_bucket.probe_results.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_policy" "probe_results_transport" {
  bucket = aws_s3_bucket.probe_results.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyEncrypted"
      Effect    = "Deny"
      Action    = "s3:*"
      Principal = "*"
      Resource  = [aws_s3_bucket.probe_results.arn, "${aws_s3_bucket.probe_results.arn}/*"]
      Condition = {
        Bool = {
          "aws:SecureTransport" = "false"
        }
      }
    }]
  })
  depends_on = [aws_s3_bucket_public_access_block.probe_results_private]
}

resource "aws_s3_bucket_server_side_encryption_configuration" "probe_results_encryption" {
  bucket = aws_s3_bucket.probe_results.id

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}

resource "aws_s3_bucket_versioning" "probe_results_versions" {
  bucket = aws_s3_bucket.probe_results.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "probe_results_lifecycle" {
  bucket = aws_s3_bucket.probe_results.id

  rule {
    id     = "expire"
    status = "Enabled"

    filter {}

    expiration {
      days = 31
    }

    noncurrent_version_expiration {
      noncurrent_days = 31
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}
