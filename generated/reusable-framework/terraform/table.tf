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
    v1 = trimsuffix(trimprefix(jsonencode(var.artifact_bucket), "\""), "\"")
    v2 = trimsuffix(trimprefix(jsonencode(var.artifact_bucket), "\""), "\"")
    v3 = trimsuffix(trimprefix(jsonencode(var.artifact_bucket), "\""), "\"")
    v4 = trimsuffix(trimprefix(jsonencode(var.artifact_bucket), "\""), "\"")
    v5 = trimsuffix(trimprefix(jsonencode(var.artifact_bucket), "\""), "\"")
    v6 = trimsuffix(trimprefix(jsonencode(var.artifact_bucket), "\""), "\"")
  })
}

resource "aws_s3_object" "pipelines_house_copy" {
  bucket = split("/", replace("s3://${data.aws_s3_bucket.artifacts.id}/terraform-demo/dynamodb-items/", "s3://", ""))[0]
  key    = "${join("/", slice(split("/", replace("s3://${data.aws_s3_bucket.artifacts.id}/terraform-demo/dynamodb-items/", "s3://", "")), 1, length(split("/", replace("s3://${data.aws_s3_bucket.artifacts.id}/terraform-demo/dynamodb-items/", "s3://", "")))))}house.json"
  content = templatefile("${path.module}/../dynamodb_items/house.json", {
    v1 = trimsuffix(trimprefix(jsonencode(var.artifact_bucket), "\""), "\"")
    v2 = trimsuffix(trimprefix(jsonencode(var.artifact_bucket), "\""), "\"")
    v3 = trimsuffix(trimprefix(jsonencode(var.artifact_bucket), "\""), "\"")
    v4 = trimsuffix(trimprefix(jsonencode(var.artifact_bucket), "\""), "\"")
    v5 = trimsuffix(trimprefix(jsonencode(var.artifact_bucket), "\""), "\"")
    v6 = trimsuffix(trimprefix(jsonencode(var.artifact_bucket), "\""), "\"")
  })
}
