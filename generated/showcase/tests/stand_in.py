"""Stands for boto3: clients answer from a table and remember their calls. AWS is never asked."""
import contextlib
import importlib.util
import io
import os
import sys
import types
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parent.parent


class Client:
    """answers: {operation: an answer, or a list of them, or an exception}."""

    def __init__(self, answers, calls):
        self.answers, self.calls = answers, calls

    def __getattr__(self, operation):
        def call(**parameters):
            self.calls.append((operation, parameters))
            answer = self.answers.get(operation, {})
            answer = answer.pop(0) if isinstance(answer, list) else answer
            if isinstance(answer, Exception):
                raise answer
            return {name: io.BytesIO(value) if isinstance(value, bytes) else value for name, value in answer.items()}
        return call

    def get_paginator(self, operation):
        return types.SimpleNamespace(paginate=lambda **parameters: [getattr(self, operation)(**parameters)])


class ClientError(Exception):
    pass


@contextlib.contextmanager
def loaded(path, answers=None, environment=None):
    """The module at a path of the repository, and the calls that it makes while this lasts."""
    calls = []
    boto3 = types.SimpleNamespace(client=lambda service: Client(answers or {}, calls))
    botocore = types.SimpleNamespace(ClientError=ClientError)
    modules = {"boto3": boto3, "botocore": types.SimpleNamespace(exceptions=botocore), "botocore.exceptions": botocore}
    with mock.patch.dict(sys.modules, modules), mock.patch.dict(os.environ, environment or {}), \
            mock.patch("time.sleep"), contextlib.redirect_stdout(io.StringIO()):
        spec = importlib.util.spec_from_file_location(Path(path).stem, ROOT / path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        yield module, calls
