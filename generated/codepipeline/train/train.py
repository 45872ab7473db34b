"""Trains the model from the CSV files of the channel `training`: numbers, and the label in the last column; a header may stand first.

Every fifth row is kept for judging it; what comes out is printed as `accuracy: 0.97`, which SageMaker reads as a metric. The
hyperparameters are those of the training job.
"""
import csv
import json
from pathlib import Path

import model

ROOT = Path("/opt/ml")
JUDGED = 5  # every fifth row


def hyperparameters(root):
    path = root / "input/config/hyperparameters.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def is_header(row):
    try:
        [float(value) for value in row[:-1]]
        return False
    except ValueError:
        return True


def read(folder):
    """Features and labels of all CSV files below a folder, in a fixed order."""
    features, labels = [], []
    for path in sorted(Path(folder).rglob("*.csv")):
        with open(path, newline="", encoding="utf-8") as file:
            rows = [row for row in csv.reader(file) if row]
        for number, row in enumerate(rows[1:] if rows and is_header(rows[0]) else rows, 1):
            if len(row) < 2:
                raise ValueError(f"{path.name}: row {number} has no features")
            features.append([float(value) for value in row[:-1]])
            labels.append(row[-1].strip())
    if not labels:
        raise ValueError(f"{folder} holds no data")
    return features, labels


def parted(rows):
    """What is learnt from, and what is judged by."""
    learnt = [row for i, row in enumerate(rows) if i % JUDGED]
    judged = [row for i, row in enumerate(rows) if not i % JUDGED]
    return learnt or judged, judged


def main(root=ROOT):
    features, labels = read(root / "input/data/training")
    learnt, judged = parted(features)
    learnt_labels, judged_labels = parted(labels)
    made = model.fit(learnt, learnt_labels, hyperparameters(root))
    right = sum(said == is_ for said, is_ in zip(model.predict(made, judged), judged_labels))
    print(f"rows: {len(labels)}; accuracy: {right / len(judged):.4f};")
    (root / "model").mkdir(parents=True, exist_ok=True)
    model.save(made, root / "model")
