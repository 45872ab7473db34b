"""Approving and rejecting a model by hand."""
from unittest import mock

from scaffold import ScaffoldTest

PACKAGE = "arn:aws:sagemaker:us-east-1:123456789012:model-package/iris/7"


class ApproveTest(ScaffoldTest):
    source = "approve.py"

    def run_with(self, status, *more):
        self.aws.expect("sagemaker.describe_model_package", {"ModelApprovalStatus": status}, ModelPackageName=PACKAGE)
        return self.module.main(["--model_package_arn", PACKAGE, *more])

    def expect_update(self, status, **more):
        return {"ModelPackageArn": PACKAGE, "ModelApprovalStatus": status, **more}

    def test_it_approves(self):
        self.aws.always("sagemaker.update_model_package", {"ModelPackageArn": PACKAGE})
        self.assertEqual(self.run_with("PendingManualApproval"), 0)
        self.assertEqual(self.aws.called("sagemaker.update_model_package")[0].arguments, self.expect_update("Approved"))
        self.assertIn("PendingManualApproval -> Approved", self.printed.getvalue())

    def test_it_rejects_and_says_why(self):
        self.aws.always("sagemaker.update_model_package", {"ModelPackageArn": PACKAGE})
        self.run_with("Approved", "--reject", "--note", "too slow")
        self.assertEqual(self.aws.called("sagemaker.update_model_package")[0].arguments,
                         self.expect_update("Rejected", ApprovalDescription="too slow"))

    def test_what_is_approved_is_not_approved_again(self):
        self.assertEqual(self.run_with("Approved"), 0)
        self.assertEqual(self.aws.called("sagemaker.update_model_package"), [])

    def test_only_a_version_can_be_approved(self):
        for wrong in ("iris", "arn:aws:sagemaker:us-east-1:123456789012:model-package-group/iris", PACKAGE.rsplit("/", 1)[0]):
            with self.subTest(wrong=wrong), mock.patch("sys.stderr"), self.assertRaises(SystemExit):
                self.module.main(["--model_package_arn", wrong])
