"""The function behind an API: it checks requests, asks the endpoint, keeps both."""
import base64
import json
from unittest import mock

from aws import Refused
from scaffold import ScaffoldTest


class InferTest(ScaffoldTest):
    source = "infer.py"
    environment = {"ENDPOINT": "predictor", "RECORDS": "s3://store/inference/"}

    def expect_answer(self, text="setosa\nvirginica\n", content_type="text/csv"):
        self.aws.expect("sagemaker-runtime.invoke_endpoint", {"Body": text.encode(), "ContentType": content_type},
                        EndpointName="predictor", ContentType="text/csv", Accept="text/csv")

    def ask(self, document, **more):
        answer = self.call({"body": document if isinstance(document, str) else json.dumps(document), **more})
        self.assertEqual(answer["headers"], {"Content-Type": "application/json"})
        return answer["statusCode"], json.loads(answer["body"])

    def test_rows_go_to_the_endpoint_and_are_kept_with_what_it_says(self):
        self.expect_answer()
        self.aws.expect("s3.put_object", Bucket="store", ContentType="application/json")
        status, answer = self.ask({"instances": [[5.1, 3.5, 1.4, 0.2], [6, 3, 5, 1.8]]})
        self.assertEqual((status, answer["predictions"]), (200, ["setosa", "virginica"]))
        self.assertEqual(self.aws.called("sagemaker-runtime.invoke_endpoint")[0]["Body"], b"5.1,3.5,1.4,0.2\n6,3,5,1.8\n")
        kept = self.aws.called("s3.put_object")[0]
        self.assertRegex(kept["Key"], rf"^inference/\d{{4}}/\d\d/\d\d/{answer['id']}\.json$")
        record = json.loads(kept["Body"])
        self.assertEqual((record["instances"], record["predictions"]), ([[5.1, 3.5, 1.4, 0.2], [6, 3, 5, 1.8]], ["setosa", "virginica"]))

    def test_numbers_are_numbers_and_rows_of_several_values_are_lists(self):
        self.aws.always("s3.put_object")
        self.expect_answer("0.5\n1\n")
        self.assertEqual(self.ask({"instances": [[1], [2]]})[1]["predictions"], [0.5, 1.0])
        self.expect_answer("0.5,cat\n")
        self.assertEqual(self.ask({"instances": [[1]]})[1]["predictions"], [[0.5, "cat"]])
        self.expect_answer('{"predictions": ["cat"]}', "application/json")
        self.assertEqual(self.ask({"instances": [[1]]})[1]["predictions"], ["cat"])

    def test_an_encoded_body_is_decoded(self):
        self.aws.always("s3.put_object")
        self.expect_answer("cat\n")
        self.assertEqual(self.ask(base64.b64encode(b'{"instances": [[1]]}').decode(), isBase64Encoded=True)[0], 200)

    def test_requests_that_are_wrong_reach_nothing(self):
        wrong = ["", "no json", [], {}, {"instances": []}, {"instances": [[]]}, {"instances": [1]}, {"instances": [["1"]]}, {"instances": [[True]]},
                 {"instances": [[None]]}, '{"instances": [[NaN]]}', {"instances": [[1], [1, 2]]}, {"instances": [[1]] * 1001}]
        for document in wrong:
            with self.subTest(document=str(document)[:40]):
                status, answer = self.ask(document)
                self.assertEqual(status, 400)
                self.assertTrue(answer["message"])
        self.assertEqual(self.ask("ü", isBase64Encoded=True)[0], 400)

    def test_without_a_model_it_says_so(self):
        self.aws.expect("sagemaker-runtime.invoke_endpoint", Refused("ValidationError", "Endpoint predictor not found"))
        self.assertEqual(self.ask({"instances": [[1]]})[0], 503)

    def test_a_model_that_fails_is_no_fault_of_the_request(self):
        self.aws.expect("sagemaker-runtime.invoke_endpoint", Refused("ModelError"))
        status, answer = self.ask({"instances": [[1]]})
        self.assertEqual((status, answer["message"]), (502, "the model failed"))

    def test_what_cannot_be_kept_is_answered_all_the_same(self):
        self.expect_answer("cat\n")
        self.aws.expect("s3.put_object", Refused("AccessDenied"))
        self.assertEqual(self.ask({"instances": [[1]]})[0], 200)
        self.assertIn("not_kept", self.printed.getvalue())

    def test_nothing_is_kept_where_no_place_is_named(self):
        self.expect_answer("cat\n")
        with mock.patch.dict("os.environ", {"RECORDS": ""}):
            self.assertEqual(self.ask({"instances": [[1]]})[0], 200)
