# Generated from slack-approval.mlops by mlopsc: change the spec, not this file.

resource "aws_security_group" "mlflow_balancer" {
  name        = "mlops-release-mlflow-balancer"
  description = "Who may call mlops-release-mlflow"
  vpc_id      = aws_vpc.tracking_own.id
}

resource "aws_security_group" "mlflow_task" {
  name        = "mlops-release-mlflow-task"
  description = "The tasks of mlops-release-mlflow"
  vpc_id      = aws_vpc.tracking_own.id
}

resource "aws_vpc_security_group_ingress_rule" "mlflow_1_caller" {
  security_group_id = aws_security_group.mlflow_balancer.id
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
  cidr_ipv4         = aws_vpc.tracking_own.cidr_block
}

resource "aws_vpc_security_group_egress_rule" "mlflow_balancer_to_task" {
  security_group_id            = aws_security_group.mlflow_balancer.id
  ip_protocol                  = "tcp"
  from_port                    = 5000
  to_port                      = 5000
  referenced_security_group_id = aws_security_group.mlflow_task.id
}

resource "aws_vpc_security_group_ingress_rule" "mlflow_task_from_balancer" {
  security_group_id            = aws_security_group.mlflow_task.id
  ip_protocol                  = "tcp"
  from_port                    = 5000
  to_port                      = 5000
  referenced_security_group_id = aws_security_group.mlflow_balancer.id
}

resource "aws_vpc_security_group_egress_rule" "mlflow_task_out" {
  security_group_id = aws_security_group.mlflow_task.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_ingress_rule" "mlflow_task_to_database" {
  security_group_id            = aws_security_group.tracking_access.id
  ip_protocol                  = "tcp"
  from_port                    = 3306
  to_port                      = 3306
  referenced_security_group_id = aws_security_group.mlflow_task.id
}

resource "aws_lb" "mlflow" {
  name                       = "mlops-release-mlflow-1223f446"
  load_balancer_type         = "application"
  internal                   = true
  security_groups            = [aws_security_group.mlflow_balancer.id]
  subnets                    = [aws_subnet.tracking_own_private_a.id, aws_subnet.tracking_own_private_b.id]
  drop_invalid_header_fields = true
}

resource "aws_lb_target_group" "mlflow_group" {
  name                 = "mlops-release-mlflow-1223f446"
  port                 = 5000
  protocol             = "HTTP"
  target_type          = "ip"
  vpc_id               = aws_vpc.tracking_own.id
  deregistration_delay = 30

  health_check {
    path                = "/health"
    matcher             = "200"
    interval            = 15
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 4
  }
}

resource "aws_lb_listener" "mlflow_entrance" {
  load_balancer_arn = aws_lb.mlflow.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.mlflow_group.arn
  }
}

resource "aws_cloudwatch_log_group" "mlflow_logs" {
  name              = "/aws/ecs/mlops-release-mlflow"
  retention_in_days = 30
}

resource "aws_iam_role" "mlflow_starter" {
  name = "mlops-release-mlflow-start"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "ecs-tasks.amazonaws.com"
      }
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = data.aws_caller_identity.current.account_id
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "mlflow_starting" {
  name = "start"
  role = aws_iam_role.mlflow_starter.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.mlflow_logs.arn}:*"
      },
      {
        Effect   = "Allow"
        Action   = ["secretsmanager:GetSecretValue"]
        Resource = [aws_rds_cluster.tracking.master_user_secret[0].secret_arn]
      },
    ]
  })
}

resource "aws_iam_role" "mlflow_role" {
  name = "mlops-release-mlflow-task"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "ecs-tasks.amazonaws.com"
      }
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = data.aws_caller_identity.current.account_id
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "mlflow_permissions" {
  name = "permissions"
  role = aws_iam_role.mlflow_role.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:PutObject", "s3:ListBucket"]
      Resource = [aws_s3_bucket.mlflow_artifacts.arn, "${aws_s3_bucket.mlflow_artifacts.arn}/*"]
    }]
  })
}

resource "aws_ecs_cluster" "mlflow_cluster" {
  name = "mlops-release-mlflow"
}

resource "aws_ecs_cluster_capacity_providers" "mlflow_capacity" {
  cluster_name       = aws_ecs_cluster.mlflow_cluster.name
  capacity_providers = ["FARGATE", "FARGATE_SPOT"]
}

resource "aws_ecs_task_definition" "mlflow_definition" {
  family                   = "mlops-release-mlflow"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = "512"
  memory                   = "2048"
  execution_role_arn       = aws_iam_role.mlflow_starter.arn
  task_role_arn            = aws_iam_role.mlflow_role.arn
  container_definitions = jsonencode([{
    name      = "main"
    image     = "ghcr.io/mlflow/mlflow:v2.14.1"
    essential = true
    command = [
      "sh",
      "-c",
      "pip install --no-cache-dir pymysql==1.1.1 cryptography==42.0.8 boto3==1.34.131 &&\nexport MLFLOW_BACKEND_STORE_URI=\"$(python -c 'import os; from urllib.parse import quote; e = os.environ; print(\n  \"mysql+pymysql://%s:%s@%s:%s/%s\" % (e[\"DATABASE_USER\"], quote(e[\"DATABASE_PASSWORD\"], \"\"), e[\"DATABASE_HOST\"], e[\"DATABASE_PORT\"], e[\"DATABASE_NAME\"]))')\" &&\nexec mlflow server --host 0.0.0.0 --port 5000 --artifacts-destination \"s3://$BUCKET/mlflow\"\n",
    ]
    portMappings = [{
      containerPort = 5000
      protocol      = "tcp"
    }]
    environment = [
      {
        name  = "DATABASE_ENGINE"
        value = "aurora-mysql"
      },
      {
        name  = "DATABASE_HOST"
        value = aws_rds_cluster.tracking.endpoint
      },
      {
        name  = "DATABASE_PORT"
        value = "3306"
      },
      {
        name  = "DATABASE_NAME"
        value = aws_rds_cluster.tracking.database_name
      },
      {
        name  = "BUCKET"
        value = aws_s3_bucket.mlflow_artifacts.id
      },
    ]
    secrets = [
      {
        name      = "DATABASE_USER"
        valueFrom = "${aws_rds_cluster.tracking.master_user_secret[0].secret_arn}:username::"
      },
      {
        name      = "DATABASE_PASSWORD"
        valueFrom = "${aws_rds_cluster.tracking.master_user_secret[0].secret_arn}:password::"
      },
    ]
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.mlflow_logs.name
        awslogs-region        = "eu-west-1"
        awslogs-stream-prefix = "task"
      }
    }
  }])
}

resource "aws_ecs_service" "mlflow_tasks" {
  name                              = "mlops-release-mlflow"
  cluster                           = aws_ecs_cluster.mlflow_cluster.id
  task_definition                   = aws_ecs_task_definition.mlflow_definition.arn
  desired_count                     = 1
  health_check_grace_period_seconds = 180

  capacity_provider_strategy {
    capacity_provider = "FARGATE"
    weight            = 1
  }

  network_configuration {
    subnets          = [aws_subnet.tracking_own_private_a.id, aws_subnet.tracking_own_private_b.id]
    security_groups  = [aws_security_group.mlflow_task.id]
    assign_public_ip = false
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.mlflow_group.arn
    container_name   = "main"
    container_port   = 5000
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  lifecycle {
    ignore_changes = [desired_count]
  }

  depends_on = [
    aws_lb_listener.mlflow_entrance,
    aws_iam_role_policy.mlflow_starting,
    aws_ecs_cluster_capacity_providers.mlflow_capacity,
  ]
}

resource "aws_appautoscaling_target" "mlflow_scale" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.mlflow_cluster.name}/${aws_ecs_service.mlflow_tasks.name}"
  min_capacity       = 1
  max_capacity       = 2
}

resource "aws_appautoscaling_policy" "mlflow_by_load" {
  name               = "mlops-release-mlflow"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.mlflow_scale.service_namespace
  scalable_dimension = aws_appautoscaling_target.mlflow_scale.scalable_dimension
  resource_id        = aws_appautoscaling_target.mlflow_scale.resource_id

  target_tracking_scaling_policy_configuration {
    target_value = 70

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}
