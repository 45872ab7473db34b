"""The container that trains and serves: what it reads and writes, with a model that needs no libraries."""
import json
import sys
import tempfile
import threading
import types
import urllib.error
import urllib.request
from http.server import ThreadingHTTPServer
from pathlib import Path
from unittest import mock

from scaffold import ScaffoldTest


class Majority:
    """A model that says what most rows are."""

    def __init__(self, labels, hyperparameters):
        self.label, self.hyperparameters = max(sorted(set(labels)), key=labels.count), hyperparameters


def stand_in():
    return types.SimpleNamespace(
        fit=lambda features, labels, hyperparameters: Majority(labels, hyperparameters),
        predict=lambda model, rows: [model.label for _ in rows],
        save=lambda model, folder: Path(folder, "model").write_text(model.label),
        load=lambda folder: Majority([Path(folder, "model").read_text()], {}))


class ContainerTest(ScaffoldTest):
    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.enter(mock.patch.dict(sys.modules, {"model": stand_in()}))
        if self.source:
            self.module = self.load(self.source)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


class TrainTest(ContainerTest):
    source = None

    def setUp(self):
        super().setUp()
        self.module = self.load("container/train.py")

    def test_it_learns_from_all_files_and_tells_how_well(self):
        self.write("input/data/training/a.csv", "x,y,label\n1,2,cat\n3,4,cat\n5,6,cat\n")
        self.write("input/data/training/more/b.csv", "7,8,dog\n9,10,cat\n11,12,dog\n")
        self.module.main(self.root)
        self.assertEqual(self.printed.getvalue(), "rows: 6; accuracy: 0.5000;\n")
        self.assertEqual((self.root / "model/model").read_text(), "cat")

    def test_hyperparameters_reach_the_model(self):
        self.write("input/data/training/a.csv", "1,cat\n")
        self.write("input/config/hyperparameters.json", '{"max_leaf_nodes": "5"}')
        with mock.patch.object(self.module.model, "fit", side_effect=self.module.model.fit) as fit:
            self.module.main(self.root)
        self.assertEqual(fit.call_args.args, ([[1.0]], ["cat"], {"max_leaf_nodes": "5"}))

    def test_no_data_is_a_failure(self):
        (self.root / "input/data/training").mkdir(parents=True)
        with self.assertRaisesRegex(ValueError, "holds no data"):
            self.module.main(self.root)

    def test_a_row_that_is_no_numbers_is_a_failure(self):
        self.write("input/data/training/a.csv", "1,cat\nx,dog\n")
        with self.assertRaisesRegex(ValueError, "could not convert"):
            self.module.main(self.root)


class MainTest(ContainerTest):
    def setUp(self):
        super().setUp()
        self.module = self.load("container/main.py")
        self.module.FAILURE = self.root / "output/failure"
        self.enter(mock.patch("sys.stderr"))

    def test_what_fails_is_told_where_sagemaker_looks(self):
        with mock.patch.object(self.module, "run", side_effect=ValueError("no data " + "x" * 2000)):
            self.assertEqual(self.module.main(["train"]), 1)
        text = (self.root / "output/failure").read_text()
        self.assertTrue(text.startswith("ValueError: no data") and len(text) == 1024)

    def test_training_that_goes_well_ends_well(self):
        with mock.patch.dict(sys.modules, {"train": mock.Mock()}) as modules:
            self.assertEqual(self.module.main(["train"]), 0)
            modules["train"].main.assert_called_once_with()
        self.assertFalse((self.root / "output/failure").exists())

    def test_other_words_are_refused(self):
        with self.assertRaisesRegex(SystemExit, "neither train nor serve"):
            self.module.main(["evaluate"])


class ServeTest(ContainerTest):
    def setUp(self):
        super().setUp()
        self.module = self.load("container/serve.py")
        self.write("model", "cat")
        self.enter(mock.patch("sys.stderr"))
        self.module.Handler.loaded = self.module.model.load(self.root)
        server = ThreadingHTTPServer(("127.0.0.1", 0), self.module.Handler)
        self.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)

    def ask(self, path="/invocations", body=b"1,2\n3,4\n", **headers):
        request = urllib.request.Request(self.address + path, data=body, headers={k.replace("_", "-"): v for k, v in headers.items()})
        try:
            with urllib.request.urlopen(request, timeout=10) as response:
                return response.status, response.read().decode(), response.headers["Content-Type"]
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode(), error.headers["Content-Type"]

    def test_it_is_healthy(self):
        self.assertEqual(self.ask("/ping", None)[0], 200)
        self.assertEqual(self.ask("/other", None)[0], 404)

    def test_csv_in_csv_out(self):
        self.assertEqual(self.ask(Content_Type="text/csv"), (200, "cat\ncat\n", "text/csv"))

    def test_json_in_json_out(self):
        status, text, kind = self.ask(body=b'{"instances": [[1, 2]]}', Content_Type="application/json; charset=utf-8", Accept="application/json")
        self.assertEqual((status, json.loads(text), kind), (200, {"predictions": ["cat"]}, "application/json"))

    def test_requests_that_are_wrong_are_told_so(self):
        for body, kind in ((b"1,x\n", "text/csv"), (b"", "text/csv"), (b"{}", "application/json"), (b"[1]", "application/json"),
                           (b"no", "application/json"), (b"1,2\n", "text/html"), (b"\xff", "text/csv")):
            with self.subTest(body=body, kind=kind):
                self.assertEqual(self.ask(body=body, Content_Type=kind)[0], 400)

    def test_a_model_that_fails_is_not_the_requests_fault(self):
        with mock.patch.object(self.module.model, "predict", side_effect=RuntimeError("broken")):
            self.assertEqual(self.ask(Content_Type="text/csv")[:2], (500, "the model failed"))

    def test_what_is_too_large_is_not_read(self):
        self.module.BODY_MOST = 4
        self.assertEqual(self.ask(Content_Type="text/csv")[0], 413)
