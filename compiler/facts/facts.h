// All that is known of the outside world: see README.md of this folder.
#pragma once
#include "facts/api.h"
#include "facts/check_arguments.h"
#include "facts/default_answer.h"
#include "facts/iam.h"
#include "facts/integration.h"
#include "facts/once.h"
#include "facts/policy.h"
#include "facts/terraform_schema.h"
