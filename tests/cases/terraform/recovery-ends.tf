# After the sixth fault the rest is not read.
locals {
  "v0" = 0
}
locals {
  "v1" = 1
}
locals {
  "v2" = 2
}
locals {
  "v3" = 3
}
locals {
  "v4" = 4
}
locals {
  "v5" = 5
}
locals {
  "v6" = 6
}
locals {
  "v7" = 7
}
locals {
  "v8" = 8
}
