"""Trains a random forest on the house prices, and serves it. Runs in SageMaker's scikit-learn container."""
import argparse
import os
import pathlib

import joblib
import numpy
import pandas
from sklearn.ensemble import RandomForestRegressor


def frame_of(channel):
    files = sorted(pathlib.Path(os.environ[f"SM_CHANNEL_{channel}"]).glob("*.csv"))
    return pandas.concat([pandas.read_csv(file) for file in files])


def model_fn(folder):
    """How the serving container loads the model."""
    return joblib.load(pathlib.Path(folder) / "model.joblib")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--n_estimators", type=int, default=100)
    parser.add_argument("--min_samples_leaf", type=int, default=3)
    parser.add_argument("--target", default="target")
    arguments, _ = parser.parse_known_args()
    train, test = frame_of("TRAIN"), frame_of("VALIDATION")
    model = RandomForestRegressor(n_estimators=arguments.n_estimators, min_samples_leaf=arguments.min_samples_leaf, n_jobs=-1)
    model.fit(train.drop(columns=arguments.target), train[arguments.target])
    errors = numpy.abs(model.predict(test.drop(columns=arguments.target)) - test[arguments.target])
    for percentile in (10, 50, 90):
        print(f"AE-at-{percentile}th-percentile: {numpy.percentile(errors, percentile)}")
    joblib.dump(model, pathlib.Path(os.environ["SM_MODEL_DIR"]) / "model.joblib")
