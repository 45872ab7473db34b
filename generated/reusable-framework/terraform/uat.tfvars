# Generated from reusable-framework.mlops by mlopsc: change the spec, not this file.

environment = "uat"
