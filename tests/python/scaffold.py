"""The base of the tests of Python code that boto3 is not there for."""
import importlib.util
import io
import os
import sys
import unittest
from contextlib import redirect_stdout
from pathlib import Path
from unittest import mock

import aws
import facts
from boto3.table import to_wire

SCAFFOLDS = facts.ROOT / "templates" / "scaffold"
WORLD = {"AWS_DEFAULT_REGION": "us-east-1", "AWS_REGION": "us-east-1", "PATH": os.environ.get("PATH", "")}
if "MLOPSC" in os.environ:
    WORLD["MLOPSC"] = os.environ["MLOPSC"]


class Context:
    """What a Lambda function is told of its call."""

    function_name = "function"
    function_version = "$LATEST"
    invoked_function_arn = "arn:aws:lambda:us-east-1:123456789012:function:function"
    memory_limit_in_mb = 128
    aws_request_id = "00000000-0000-4000-8000-000000000000"
    log_group_name = "/aws/lambda/function"

    @staticmethod
    def get_remaining_time_in_millis():
        return 60000


class ScaffoldTest(unittest.TestCase):
    """`source` is a file below templates/scaffold, or below the repository's root; `environment` what it runs with. In a test,
    `self.module` is the file, loaded anew, `self.aws` the script of its calls, `self.slept` how long it slept."""

    source = None
    environment = {}

    def setUp(self):
        self.aws = aws.begin()
        self.slept = []
        self.enter(mock.patch.dict(os.environ, {**WORLD, **self.environment}, clear=True))
        self.enter(mock.patch("time.sleep", self.slept.append))
        self.printed = io.StringIO()
        self.enter(redirect_stdout(self.printed))
        if self.source:
            self.module = self.load(self.source)

    def enter(self, manager):
        manager.__enter__()
        self.addCleanup(manager.__exit__, None, None, None)

    def load(self, source):
        path = SCAFFOLDS / source
        path = path if path.exists() else facts.ROOT / source
        self.enter(mock.patch.object(sys, "path", [str(path.parent), *sys.path]))
        spec = importlib.util.spec_from_file_location(f"scaffold_{Path(source).stem}", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    def call(self, event):
        """What the module's handler gives."""
        return self.module.handler(event, Context())

    def tearDown(self):
        complaints = self.aws.complaints()
        if complaints:
            self.fail("\n".join(complaints))


def item(plain):
    """A plain object as DynamoDB has it on the wire, for answers."""
    return to_wire(plain)
