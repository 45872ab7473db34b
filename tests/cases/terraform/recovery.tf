# Several faults, each found once, with nothing said about what is right.
resource "aws_sns_topic" "a" {
  name = 
  tags = { a = "b" }
}

resource "aws_sns_topic" "b"
{
  name = "b"
}

locals {
  list = [1, 2
  text = "fine"
  sum  = 1 +* 2
  call = length("x"
}
