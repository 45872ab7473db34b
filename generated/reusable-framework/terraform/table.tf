# Generated from reusable-framework.mlops by mlopsc: change the spec, not this file.

resource "aws_dynamodb_table" "pipelines" {
  name                        = "ml-pipeline-attribute"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "name"
  deletion_protection_enabled = true

  attribute {
    name = "name"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled = true
  }
}

resource "aws_dynamodb_table_item" "pipelines_house" {
  table_name = aws_dynamodb_table.pipelines.name
  hash_key   = "name"
  item = templatefile("${path.module}/../dynamodb_items/house.json", {
    v1 = trimsuffix(trimprefix(jsonencode(var.bucket_name), "\""), "\"")
  })
}

resource "aws_s3_object" "pipelines_house_copy" {
  bucket = data.aws_s3_bucket.artifacts.id
  key    = "terraform-demo/dynamodb-items/house.json"
  content = templatefile("${path.module}/../dynamodb_items/house.json", {
    v1 = trimsuffix(trimprefix(jsonencode(var.bucket_name), "\""), "\"")
  })
}

resource "aws_dynamodb_table_item" "pipelines_churn" {
  table_name = aws_dynamodb_table.pipelines.name
  hash_key   = "name"
  item = templatefile("${path.module}/../dynamodb_items/churn.json", {
    v1 = trimsuffix(trimprefix(jsonencode(var.bucket_name), "\""), "\"")
  })
}

resource "aws_s3_object" "pipelines_churn_copy" {
  bucket = data.aws_s3_bucket.artifacts.id
  key    = "terraform-demo/dynamodb-items/churn.json"
  content = templatefile("${path.module}/../dynamodb_items/churn.json", {
    v1 = trimsuffix(trimprefix(jsonencode(var.bucket_name), "\""), "\"")
  })
}

resource "aws_dynamodb_table_item" "pipelines_fraud" {
  table_name = aws_dynamodb_table.pipelines.name
  hash_key   = "name"
  item = templatefile("${path.module}/../dynamodb_items/fraud.json", {
    v1 = trimsuffix(trimprefix(jsonencode(var.bucket_name), "\""), "\"")
  })
}

resource "aws_s3_object" "pipelines_fraud_copy" {
  bucket = data.aws_s3_bucket.artifacts.id
  key    = "terraform-demo/dynamodb-items/fraud.json"
  content = templatefile("${path.module}/../dynamodb_items/fraud.json", {
    v1 = trimsuffix(trimprefix(jsonencode(var.bucket_name), "\""), "\"")
  })
}
