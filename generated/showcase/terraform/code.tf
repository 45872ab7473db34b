# Generated from showcase.mlops by mlopsc: change the spec, not this file.

data "archive_file" "training_tar" {
  type             = "tar.gz"
  source_dir       = "${path.module}/../src/training"
  output_path      = "${path.module}/build/training.tar.gz"
  output_file_mode = "0644"
  excludes         = ["**/__pycache__/**"]
}

resource "aws_s3_object" "training" {
  bucket      = aws_s3_bucket.data.id
  key         = "code/training.tar.gz"
  source      = data.archive_file.training_tar.output_path
  source_hash = data.archive_file.training_tar.output_sha256
}
