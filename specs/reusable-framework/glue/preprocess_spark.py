"""Splits the raw data below --source into training and test data: CSV without a header, the label first. A Spark job of Glue."""
import sys

from awsglue.utils import getResolvedOptions
from pyspark.sql import SparkSession

options = getResolvedOptions(sys.argv, ["dataset_date", "env", "source", "train", "test", "label"])
spark = SparkSession.builder.getOrCreate()
rows = spark.read.csv(options["source"], header=True, inferSchema=True).dropna()
columns = [options["label"]] + [name for name in rows.columns if name != options["label"]]
for part, place in zip(rows.select(columns).randomSplit([0.75, 0.25], seed=42), (options["train"], options["test"])):
    part.write.mode("overwrite").csv(place)
    print(options["env"], options["dataset_date"], "wrote", part.count(), "rows to", place)
