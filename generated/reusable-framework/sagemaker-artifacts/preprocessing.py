"""Makes training and test data of the house prices and writes them where the job's outputs are taken from."""
import argparse
import pathlib

import pandas
from sklearn.datasets import fetch_california_housing
from sklearn.model_selection import train_test_split

parser = argparse.ArgumentParser()
parser.add_argument("--test-size", type=float, default=0.25)
arguments = parser.parse_args()

data = fetch_california_housing()
frame = pandas.DataFrame(data.data, columns=data.feature_names)
frame["target"] = data.target
train, test = train_test_split(frame, test_size=arguments.test_size, random_state=42)
for name, part in (("train", train), ("test", test)):
    folder = pathlib.Path("/opt/ml/processing/output") / name
    folder.mkdir(parents=True, exist_ok=True)
    part.to_csv(folder / f"{name}.csv", index=False)
    print("wrote", len(part), "rows of", name)
