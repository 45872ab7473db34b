# The file ends behind an equals sign.
locals {
  tags = {
    a = 1
    b =