"""Trains the model that the image serves: who will leave, from the months they stayed, what they pay and how often they called.

python3 train.py writes serving/model.json; commit it, and the commit is built, staged and put to approval. With
MLFLOW_TRACKING_URI the run is logged there, with its parameters and metrics. Needs nothing but Python.
"""
import csv
import json
import math
import os
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
FEATURES = ("months", "monthly", "calls")
TARGET = "left"
ROUNDS, RATE = 2000, 0.5


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [[float(row[name]) for name in FEATURES] for row in rows], [int(row[TARGET]) for row in rows]


def scales(table):
    """Mean and spread of each column."""
    means = [sum(column) / len(column) for column in zip(*table)]
    spreads = [math.sqrt(sum((value - mean) ** 2 for value in column) / len(column)) or 1.0 for column, mean in zip(zip(*table), means)]
    return means, spreads


def probability(model, row):
    z = model["intercept"] + sum(weight * (value - mean) / spread for weight, value, mean, spread
                                 in zip(model["weights"], row, model["means"], model["spreads"]))
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, z))))


def fit(table, truth):
    """Logistic regression by gradient descent."""
    means, spreads = scales(table)
    model = {"features": list(FEATURES), "weights": [0.0] * len(FEATURES), "intercept": 0.0, "means": means, "spreads": spreads}
    for _ in range(ROUNDS):
        errors = [probability(model, row) - wanted for row, wanted in zip(table, truth)]
        for k in range(len(FEATURES)):
            slope = sum(error * (row[k] - means[k]) / spreads[k] for error, row in zip(errors, table)) / len(table)
            model["weights"][k] -= RATE * slope
        model["intercept"] -= RATE * sum(errors) / len(table)
    for name in ("weights", "means", "spreads"):
        model[name] = [round(value, 6) for value in model[name]]
    model["intercept"] = round(model["intercept"], 6)
    return model


def accuracy(model, table, truth):
    return sum((probability(model, row) >= 0.5) == bool(wanted) for row, wanted in zip(table, truth)) / len(table)


def log_run(uri, model, metrics):
    """The run in MLflow: https://mlflow.org/docs/latest/rest-api.html"""
    def call(path, document):
        request = urllib.request.Request(f"{uri.rstrip('/')}/api/2.0/mlflow/{path}", data=json.dumps(document).encode(),
                                         headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.loads(answer.read() or b"{}")

    now = int(time.time() * 1000)
    run = call("runs/create", {"experiment_id": "0", "start_time": now, "run_name": "churn"})["run"]["info"]["run_id"]
    call("runs/log-batch", {"run_id": run, "params": [{"key": "rounds", "value": str(ROUNDS)}, {"key": "rate", "value": str(RATE)}],
                            "metrics": [{"key": key, "value": value, "timestamp": now, "step": 0} for key, value in metrics.items()],
                            "tags": [{"key": "features", "value": ",".join(model["features"])}]})
    call("runs/update", {"run_id": run, "status": "FINISHED", "end_time": int(time.time() * 1000)})
    return run


def main():
    table, truth = read(HERE / "data" / "customers.csv")
    held = len(table) // 4
    model = fit(table[held:], truth[held:])
    metrics = {"accuracy": round(accuracy(model, table[:held], truth[:held]), 4)}
    model = {"name": "churn", **model, "metrics": metrics}
    (HERE / "serving" / "model.json").write_text(json.dumps(model, indent=2) + "\n", encoding="utf-8")
    if os.environ.get("MLFLOW_TRACKING_URI"):
        print("run", log_run(os.environ["MLFLOW_TRACKING_URI"], model, metrics))
    print(json.dumps(metrics))


if __name__ == "__main__":
    main()
