"""The scaffold of a model's repository: the model that is there is the one that its data gives, and its image serves it."""
import base64
import io
import json
from unittest import mock

from scaffold import ScaffoldTest

SEED = "model_repository/"
STAYS, LEAVES = {"months": 55, "monthly": 25, "calls": 0}, {"months": 2, "monthly": 100, "calls": 8}


class TrainTest(ScaffoldTest):
    source = SEED + "train.py"

    def test_the_committed_model_is_what_training_gives(self):
        table, truth = self.module.read(self.module.HERE / "data" / "customers.csv")
        model = self.module.fit(table[len(table) // 4:], truth[len(table) // 4:])
        kept = json.loads((self.module.HERE / "serving" / "model.json").read_text())
        self.assertEqual({key: kept[key] for key in model}, model)
        self.assertEqual(kept["metrics"]["accuracy"], round(self.module.accuracy(model, table[:30], truth[:30]), 4))
        self.assertGreater(kept["metrics"]["accuracy"], 0.8)

    def test_the_run_is_logged_in_mlflow(self):
        asked = []

        def answer(request, timeout=None):
            asked.append((request.full_url, json.loads(request.data)))
            return io.BytesIO(json.dumps({"run": {"info": {"run_id": "r1"}}}).encode())

        with mock.patch("urllib.request.urlopen", answer):
            self.assertEqual(self.module.log_run("http://mlflow/", {"features": ["a"]}, {"accuracy": 0.9}), "r1")
        self.assertEqual([url.rsplit("/mlflow/", 1)[1] for url, _ in asked], ["runs/create", "runs/log-batch", "runs/update"])
        self.assertEqual(asked[1][1]["metrics"][0]["value"], 0.9)


class ServeTest(ScaffoldTest):
    source = SEED + "serving/app.py"

    def web(self, document, encoded=False):
        text = document if isinstance(document, str) else json.dumps(document)
        body = base64.b64encode(text.encode()).decode() if encoded else text
        answer = self.call({"requestContext": {"http": {"method": "POST"}}, "body": body, "isBase64Encoded": encoded})
        return answer["statusCode"], json.loads(answer["body"])

    def test_it_predicts_who_leaves(self):
        stays, leaves = self.call({"instances": [STAYS, LEAVES]})["predictions"]
        self.assertLess(stays, 0.1)
        self.assertGreater(leaves, 0.9)

    def test_over_https_too(self):
        for encoded in (False, True):
            status, said = self.web({"instances": [LEAVES]}, encoded)
            self.assertEqual((status, len(said["predictions"])), (200, 1))

    def test_a_new_version_says_whether_it_serves(self):
        said = self.call({"check": True})
        self.assertEqual((said["ok"], said["model"]["name"]), (True, "churn"))
        self.assertGreater(said["model"]["metrics"]["accuracy"], 0.8)

    def test_what_is_no_request_is_told(self):
        wrong = ("{", "[]", {}, {"instances": []}, {"instances": [1]}, {"instances": [{}]}, {"instances": [STAYS] * 1001},
                 {"instances": [{**STAYS, "calls": "many"}]}, {"instances": [{**STAYS, "calls": True}]}, '{"instances": [{"months": NaN}]}')
        for document in wrong:
            status, said = self.web(document)
            self.assertEqual((status, "error" in said), (400, True), document)
        with self.assertRaises(self.module.BadRequest):
            self.call({"instances": [{}]})
