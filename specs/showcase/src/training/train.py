"""Trains a classifier in SageMaker's scikit-learn container, which runs this file with hyperparameters as options.

The data is CSV with a header, the label in the first column: all files of the channel `train`, and of `test` where there is one. What
SageMaker packs as the model's artifact is the model, its metadata, and the code that serves it (inference.py, as code/inference.py).
"""
import argparse
import csv
import json
import os
import shutil
from pathlib import Path

HERE = Path(__file__).resolve().parent


def read(folder):
    """The features, labels and column names of the CSV files in a folder."""
    names, features, labels = None, [], []
    for path in sorted(Path(folder).glob("*.csv")):
        with open(path, newline="", encoding="utf-8") as file:
            header, *rows = csv.reader(file)
        if names and header != names:
            raise ValueError(f"{path} has other columns than the files before it")
        names = header
        labels += [int(row[0]) for row in rows]
        features += [[float(value) for value in row[1:]] for row in rows]
    if not labels:
        raise ValueError(f"{folder} holds no data")
    return features, labels, names


def accuracy(model, features, labels):
    predictions = model.predict(features)
    return sum(int(p) == int(l) for p, l in zip(predictions, labels)) / len(labels)


def save(model, metadata, folder):
    import joblib

    Path(folder).mkdir(parents=True, exist_ok=True)
    joblib.dump(model, Path(folder, "model.joblib"))
    Path(folder, "metadata.json").write_text(json.dumps(metadata, indent=2), encoding="utf-8")
    code = Path(folder, "code")
    code.mkdir(exist_ok=True)
    shutil.copy(HERE / "inference.py", code)


def main(words=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--trees", type=int, default=100, help="trees of the forest")
    parser.add_argument("--depth", type=int, default=8, help="the deepest tree")
    parser.add_argument("--train", default=os.environ.get("SM_CHANNEL_TRAIN"), help="the folder of the training data")
    parser.add_argument("--test", default=os.environ.get("SM_CHANNEL_TEST"), help="the folder of the test data")
    parser.add_argument("--model-dir", default=os.environ.get("SM_MODEL_DIR", "/opt/ml/model"), help="where the model goes")
    options, _ = parser.parse_known_args(words)

    from sklearn.ensemble import RandomForestClassifier

    features, labels, names = read(options.train)
    model = RandomForestClassifier(n_estimators=options.trees, max_depth=options.depth, random_state=0)
    model.fit(features, labels)
    metadata = {"features": names[1:], "label": names[0], "rows": len(labels), "train_accuracy": accuracy(model, features, labels)}
    print(f"train_accuracy: {metadata['train_accuracy']:.4f}")
    if options.test:
        tested, wanted, _ = read(options.test)
        metadata["test_accuracy"] = accuracy(model, tested, wanted)
        print(f"test_accuracy: {metadata['test_accuracy']:.4f}")
    save(model, metadata, options.model_dir)


if __name__ == "__main__":
    main()
