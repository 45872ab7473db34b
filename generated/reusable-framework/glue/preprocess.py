"""Splits the raw data of a day into train and test sets. Runs as a Glue job."""
import sys

from awsglue.utils import getResolvedOptions

options = getResolvedOptions(sys.argv, ["dataset_date", "env"])
print("Preprocessing", options["dataset_date"], "in", options["env"])
