# After the sixth fault the rest is not read.
locals {
  "v0" = 0
  "v1" = 1
  "v2" = 2
  "v3" = 3
  "v4" = 4
  "v5" = 5
  "v6" = 6
  "v7" = 7
  "v8" = 8
}
