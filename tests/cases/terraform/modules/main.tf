module "jobs" {
  source = "./queue"
  name   = "jobs"
}

module "wrong" {
  source = "./queue"
  title  = "jobs"
}

module "typed" {
  source = "./queue"
  name   = ["jobs"]
}

output "arn" {
  value = module.jobs.arn
}

output "url" {
  value = module.jobs.uri
}
