"""The model: how it is fitted, kept and asked. This is the file to change for another model."""
from pathlib import Path

FILE = "model.joblib"


def fit(features, labels, hyperparameters):
    """A model that has learnt from rows of numbers and their labels."""
    from sklearn.tree import DecisionTreeClassifier

    leaves = hyperparameters.get("max_leaf_nodes")
    model = DecisionTreeClassifier(max_leaf_nodes=int(leaves) if leaves else None, random_state=0)
    return model.fit(features, labels)


def save(model, folder):
    import joblib

    joblib.dump(model, Path(folder, FILE))


def load(folder):
    import joblib

    return joblib.load(Path(folder, FILE))


def predict(model, rows):
    """The label of each row."""
    return [str(label) for label in model.predict(rows)]
