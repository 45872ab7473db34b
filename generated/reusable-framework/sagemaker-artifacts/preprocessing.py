"""Makes train and test sets of the house prices and writes them where the job's outputs are taken from."""
import argparse
import pathlib

import pandas
from sklearn.datasets import fetch_california_housing
from sklearn.model_selection import train_test_split

parser = argparse.ArgumentParser()
parser.add_argument("--prefix", required=True)
parser.add_argument("--bucket", required=True)
arguments = parser.parse_args()

data = fetch_california_housing()
frame = pandas.DataFrame(data.data, columns=data.feature_names)
frame["target"] = data.target
train, test = train_test_split(frame, test_size=0.25, random_state=42)
for name, part in (("train", train), ("test", test)):
    folder = pathlib.Path("/opt/ml/processing/output") / name
    folder.mkdir(parents=True, exist_ok=True)
    part.to_csv(folder / f"{name}.csv", index=False)
    print("wrote", name, len(part), "rows for", arguments.bucket, arguments.prefix)
