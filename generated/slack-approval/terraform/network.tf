# Generated from slack-approval.mlops by mlopsc: change the spec, not this file.

data "aws_availability_zones" "tracking_own_zones" {
  state = "available"
}

resource "aws_vpc" "tracking_own" {
  cidr_block           = "10.20.0.0/16"
  enable_dns_support   = true
  enable_dns_hostnames = true
  tags = {
    Name = "mlops-release-tracking-own"
  }
}

resource "aws_default_security_group" "tracking_own_closed" {
  vpc_id = aws_vpc.tracking_own.id
}

resource "aws_subnet" "tracking_own_private_a" {
  vpc_id            = aws_vpc.tracking_own.id
  cidr_block        = cidrsubnet(aws_vpc.tracking_own.cidr_block, 4, 0)
  availability_zone = data.aws_availability_zones.tracking_own_zones.names[0]
  tags = {
    Name = "mlops-release-tracking-own-private-a"
  }
}

resource "aws_subnet" "tracking_own_private_b" {
  vpc_id            = aws_vpc.tracking_own.id
  cidr_block        = cidrsubnet(aws_vpc.tracking_own.cidr_block, 4, 1)
  availability_zone = data.aws_availability_zones.tracking_own_zones.names[1]
  tags = {
    Name = "mlops-release-tracking-own-private-b"
  }
}

resource "aws_subnet" "tracking_own_public_a" {
  vpc_id            = aws_vpc.tracking_own.id
  cidr_block        = cidrsubnet(aws_vpc.tracking_own.cidr_block, 8, 32)
  availability_zone = data.aws_availability_zones.tracking_own_zones.names[0]
  tags = {
    Name = "mlops-release-tracking-own-public-a"
  }
}

resource "aws_subnet" "tracking_own_public_b" {
  vpc_id            = aws_vpc.tracking_own.id
  cidr_block        = cidrsubnet(aws_vpc.tracking_own.cidr_block, 8, 33)
  availability_zone = data.aws_availability_zones.tracking_own_zones.names[1]
  tags = {
    Name = "mlops-release-tracking-own-public-b"
  }
}

resource "aws_internet_gateway" "tracking_own_gateway" {
  vpc_id = aws_vpc.tracking_own.id
  tags = {
    Name = "mlops-release-tracking-own"
  }
}

resource "aws_route_table" "tracking_own_public_routes" {
  vpc_id = aws_vpc.tracking_own.id
  tags = {
    Name = "mlops-release-tracking-own-public"
  }
}

resource "aws_route" "tracking_own_public_way" {
  route_table_id         = aws_route_table.tracking_own_public_routes.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.tracking_own_gateway.id
}

resource "aws_route_table_association" "tracking_own_public_a_routes" {
  subnet_id      = aws_subnet.tracking_own_public_a.id
  route_table_id = aws_route_table.tracking_own_public_routes.id
}

resource "aws_route_table_association" "tracking_own_public_b_routes" {
  subnet_id      = aws_subnet.tracking_own_public_b.id
  route_table_id = aws_route_table.tracking_own_public_routes.id
}

resource "aws_route_table" "tracking_own_private_routes" {
  vpc_id = aws_vpc.tracking_own.id
  tags = {
    Name = "mlops-release-tracking-own-private"
  }
}

resource "aws_eip" "tracking_own_address" {
  domain = "vpc"
  tags = {
    Name = "mlops-release-tracking-own"
  }
}

resource "aws_nat_gateway" "tracking_own_nat" {
  allocation_id = aws_eip.tracking_own_address.id
  subnet_id     = aws_subnet.tracking_own_public_a.id
  tags = {
    Name = "mlops-release-tracking-own"
  }
  depends_on = [aws_internet_gateway.tracking_own_gateway]
}

resource "aws_route" "tracking_own_private_way" {
  route_table_id         = aws_route_table.tracking_own_private_routes.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.tracking_own_nat.id
}

resource "aws_route_table_association" "tracking_own_private_a_routes" {
  subnet_id      = aws_subnet.tracking_own_private_a.id
  route_table_id = aws_route_table.tracking_own_private_routes.id
}

resource "aws_route_table_association" "tracking_own_private_b_routes" {
  subnet_id      = aws_subnet.tracking_own_private_b.id
  route_table_id = aws_route_table.tracking_own_private_routes.id
}

resource "aws_vpc_endpoint" "tracking_own_s3" {
  vpc_id            = aws_vpc.tracking_own.id
  vpc_endpoint_type = "Gateway"
  service_name      = "com.amazonaws.eu-west-1.s3"
  route_table_ids   = [aws_route_table.tracking_own_private_routes.id]
}

resource "aws_vpc_endpoint" "tracking_own_dynamodb" {
  vpc_id            = aws_vpc.tracking_own.id
  vpc_endpoint_type = "Gateway"
  service_name      = "com.amazonaws.eu-west-1.dynamodb"
  route_table_ids   = [aws_route_table.tracking_own_private_routes.id]
}

resource "aws_cloudwatch_log_group" "tracking_own_refused" {
  name              = "/aws/vpc/mlops-release-tracking-own"
  retention_in_days = 30
}

resource "aws_iam_role" "tracking_own_logger" {
  name = "mlops-release-tracking-own-flow-logs"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "vpc-flow-logs.amazonaws.com"
      }
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = data.aws_caller_identity.current.account_id
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "tracking_own_logging" {
  name = "logs"
  role = aws_iam_role.tracking_own_logger.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
      Resource = "${aws_cloudwatch_log_group.tracking_own_refused.arn}:*"
    }]
  })
}

resource "aws_flow_log" "tracking_own_flows" {
  vpc_id          = aws_vpc.tracking_own.id
  traffic_type    = "REJECT"
  log_destination = aws_cloudwatch_log_group.tracking_own_refused.arn
  iam_role_arn    = aws_iam_role.tracking_own_logger.arn
}

resource "aws_security_group" "tracking_own_inside" {
  name        = "mlops-release-tracking-own-inside"
  description = "What runs in the network and is not called"
  vpc_id      = aws_vpc.tracking_own.id
}

resource "aws_vpc_security_group_egress_rule" "tracking_own_inside_out" {
  security_group_id = aws_security_group.tracking_own_inside.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}
