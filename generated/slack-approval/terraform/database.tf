# Generated from slack-approval.mlops by mlopsc: change the spec, not this file.

resource "aws_db_subnet_group" "tracking_subnets" {
  name       = "mlops-release-tracking"
  subnet_ids = [aws_subnet.tracking_own_private_a.id, aws_subnet.tracking_own_private_b.id]
}

resource "aws_security_group" "tracking_access" {
  name        = "mlops-release-tracking-database"
  description = "Who may connect to mlops-release-tracking"
  vpc_id      = aws_vpc.tracking_own.id
}

resource "aws_cloudwatch_log_group" "tracking_logs" {
  name              = "/aws/rds/cluster/mlops-release-tracking/error"
  retention_in_days = 30
}

resource "aws_rds_cluster" "tracking" {
  cluster_identifier                  = "mlops-release-tracking"
  engine                              = "aurora-mysql"
  engine_version                      = "8.0.mysql_aurora.3.08.0"
  database_name                       = "main"
  port                                = 3306
  master_username                     = "keeper"
  manage_master_user_password         = true
  storage_encrypted                   = true
  iam_database_authentication_enabled = true
  db_subnet_group_name                = aws_db_subnet_group.tracking_subnets.name
  vpc_security_group_ids              = [aws_security_group.tracking_access.id]
  backup_retention_period             = 7
  copy_tags_to_snapshot               = true
  deletion_protection                 = true
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "mlops-release-tracking-last"
  enabled_cloudwatch_logs_exports     = ["error"]

  serverlessv2_scaling_configuration {
    min_capacity = 0.5
    max_capacity = 2
  }

  depends_on = [aws_cloudwatch_log_group.tracking_logs]
}

resource "aws_rds_cluster_instance" "tracking_1_instance" {
  cluster_identifier         = aws_rds_cluster.tracking.id
  identifier                 = "mlops-release-tracking-1"
  engine                     = aws_rds_cluster.tracking.engine
  engine_version             = aws_rds_cluster.tracking.engine_version
  instance_class             = "db.serverless"
  db_subnet_group_name       = aws_db_subnet_group.tracking_subnets.name
  publicly_accessible        = false
  auto_minor_version_upgrade = true
}
