"""Clients: every operation of a service, its paginators, waiters and exceptions, and S3's file transfers."""
import re

import aws
import facts
from botocore.exceptions import (ClientError, NoRegionError, OperationNotPageableError, ParamValidationError, UnknownServiceError,
                                 WaiterError)

# Services of no region.
GLOBAL = {"iam", "sts", "s3"}
# Errors that any call may raise, whatever its model declares.
COMMON = {"AccessDenied", "AccessDeniedException", "ThrottlingException", "Throttling", "ValidationException", "ValidationError",
          "InternalFailure", "InternalServerError", "ServiceUnavailable", "RequestTimeout", "ExpiredTokenException",
          "UnrecognizedClientException", "NoSuchKey", "NoSuchBucket", "404"}


class Exceptions:
    """client.exceptions: a class for each error that the service declares."""

    def __init__(self, service):
        self._service = service
        self._classes = {}

    def __getattr__(self, code):
        if code == "ClientError":
            return ClientError
        if not self._service.raises(code):
            raise AttributeError(f"{self._service.name} declares no error {code}")
        return self._classes.setdefault(code, type(code, (ClientError,), {}))

    def made(self, error, operation):
        declared = self._service.raises(error.code, operation)
        if not declared and error.code not in COMMON and self._service.errors[operation]:
            aws.current.fault(f"{operation} cannot raise {error.code}: {', '.join(self._service.errors[operation])}")
        kind = getattr(self, error.code) if declared else ClientError
        status = {"HTTPStatusCode": 404 if error.code == "404" else 400}
        return kind({"Error": {"Code": error.code, "Message": error.message}, "ResponseMetadata": status}, operation)


class StreamingBody:
    """An answer's body, read like a file."""

    def __init__(self, content):
        self._content = bytes(content)

    def read(self, amt=None):
        amt = len(self._content) if amt is None else amt
        head, self._content = self._content[:amt], self._content[amt:]
        return head

    def iter_lines(self):
        return iter(self.read().splitlines())

    def iter_chunks(self, chunk_size=1024):
        return iter(lambda: self.read(chunk_size), b"")

    def __iter__(self):
        return self.iter_chunks()

    def close(self):
        pass


class Meta:
    def __init__(self, service_name, options):
        self.region_name = options.get("region_name") or aws.region()
        self.endpoint_url = options.get("endpoint_url") or f"https://{service_name}.{self.region_name}.amazonaws.com"


class Client:
    def __init__(self, boto_name, options):
        try:
            self._service = facts.service(boto_name)
        except LookupError:
            raise UnknownServiceError(f"Unknown service: {boto_name!r}") from None
        self._boto_name, self._options = boto_name, options
        self.meta = Meta(boto_name, options)
        if not self.meta.region_name and boto_name not in GLOBAL:
            raise NoRegionError("You must specify a region.")
        self.exceptions = Exceptions(self._service)

    def __getattr__(self, method):
        name = self._service.methods.get(method)
        if not name:
            raise AttributeError(f"{self._boto_name!r} client has no operation {method!r}")

        def call(*arguments, **parameters):
            if arguments:
                raise TypeError(f"{method}() only accepts keyword arguments.")
            return self._call(method, name, parameters)

        return call

    def _call(self, method, name, parameters):
        operation = self._service.operation(name)
        faults = list(facts.faults(operation.shapes, operation.input, parameters))
        if faults:
            for fault in faults:
                aws.current.fault(f"{self._boto_name}.{method}: {fault}")
            raise ParamValidationError("\n".join(faults))
        answer = aws.current.answer(f"{self._boto_name}.{method}", parameters, self._options)
        if isinstance(answer, aws.Refused):
            raise self.exceptions.made(answer, name)
        answer = {} if answer is None else dict(answer)
        wrong = [f"the test's answer to {self._boto_name}.{method}: {fault}"
                 for fault in facts.faults(operation.shapes, operation.output, answer, is_answer=True)]
        if wrong:
            raise AssertionError("\n".join(wrong))
        answer = facts.completed(operation.shapes, operation.output, answer)
        streamed = facts.STREAMED.get((self._service.name, name))
        if streamed in answer:
            answer[streamed] = StreamingBody(answer[streamed])
        return {**answer, "ResponseMetadata": {"HTTPStatusCode": 200, "RequestId": "0" * 8}}

    def close(self):
        pass

    # --- Paginators and waiters

    def can_paginate(self, method):
        return self._service.methods.get(method) in self._service.extras["paginators"]

    def get_paginator(self, method):
        getattr(self, method)
        if not self.can_paginate(method):
            raise OperationNotPageableError(f"Operation cannot be paginated: {method}")
        return Paginator(self, method, self._service.extras["paginators"][self._service.methods[method]])

    @property
    def waiter_names(self):
        return sorted(self._service.waiters)

    def get_waiter(self, name):
        if name not in self._service.waiters:
            raise ValueError(f"Waiter does not exist: {name}")
        waiter = self._service.extras["waiters"][self._service.waiters[name]]
        return Waiter(self, self._service.waiters[name], facts.snake_case(waiter["operation"]), waiter)

    # --- Transfers of S3

    def _only_s3(self, method):
        if self._boto_name != "s3":
            raise AttributeError(f"{self._boto_name!r} client has no {method!r}")

    def upload_file(self, Filename, Bucket, Key, ExtraArgs=None, Callback=None, Config=None):
        self._only_s3("upload_file")
        with open(Filename, "rb") as file:
            self.put_object(Bucket=Bucket, Key=Key, Body=file.read(), **(ExtraArgs or {}))

    def upload_fileobj(self, Fileobj, Bucket, Key, ExtraArgs=None, Callback=None, Config=None):
        self._only_s3("upload_fileobj")
        self.put_object(Bucket=Bucket, Key=Key, Body=Fileobj.read(), **(ExtraArgs or {}))

    def download_file(self, Bucket, Key, Filename, ExtraArgs=None, Callback=None, Config=None):
        self._only_s3("download_file")
        body = self.get_object(Bucket=Bucket, Key=Key, **(ExtraArgs or {}))["Body"].read()
        with open(Filename, "wb") as file:
            file.write(body)

    def download_fileobj(self, Bucket, Key, Fileobj, ExtraArgs=None, Callback=None, Config=None):
        self._only_s3("download_fileobj")
        Fileobj.write(self.get_object(Bucket=Bucket, Key=Key, **(ExtraArgs or {}))["Body"].read())

    def generate_presigned_url(self, ClientMethod, Params=None, ExpiresIn=3600, HttpMethod=None):
        operation = self._service.operation(self._service.methods[ClientMethod])
        for fault in facts.faults(operation.shapes, operation.input, Params or {}):
            aws.current.fault(f"generate_presigned_url of {ClientMethod}: {fault}")
        return f"{self.meta.endpoint_url}/{(Params or {}).get('Bucket', '')}/{(Params or {}).get('Key', '')}?X-Amz-Expires={ExpiresIn}"


def values_at(value, path):
    """All values at a path of the models: "Table.TableStatus", "services[].status", "length(x) > `0`" is refused."""
    if not re.fullmatch(r"\w+(\[\])?(\.\w+(\[\])?)*", path):
        raise NotImplementedError(f"the stand-in of boto3 cannot follow {path!r}")
    found = [value]
    for part in path.split("."):
        name = part.removesuffix("[]")
        found = [one[name] for one in found if isinstance(one, dict) and name in one]
        if part.endswith("[]"):
            found = [item for one in found for item in one]
    return found


class Paginator:
    def __init__(self, client, method, known):
        self._client, self._method, self._known = client, method, known

    def paginate(self, PaginationConfig=None, **parameters):
        return Pages(self._client, self._method, self._known, parameters)


class Pages:
    def __init__(self, client, method, known, parameters):
        self._client, self._method, self._known, self._parameters = client, method, known, parameters

    def __iter__(self):
        parameters = dict(self._parameters)
        while True:
            page = getattr(self._client, self._method)(**parameters)
            yield page
            tokens = [values_at(page, path.split(" || ")[0]) for path in self._known["output"]]
            if not any(token and token[0] for token in tokens):
                return
            parameters.update({name: token[0] for name, token in zip(self._known["input"], tokens) if token})

    def build_full_result(self):
        pages = list(self)
        return {path: [item for page in pages for item in page.get(path, [])] for path in self._known["results"]}


class Waiter:
    """Waits without waiting: each poll is a call that the test answers."""

    def __init__(self, client, name, method, known):
        self._client, self.name, self._method, self._known = client, name, method, known

    def wait(self, WaiterConfig=None, **parameters):
        attempts = (WaiterConfig or {}).get("MaxAttempts", self._known["attempts"])
        for name in WaiterConfig or {}:
            if name not in ("Delay", "MaxAttempts"):
                raise ValueError(f"WaiterConfig has no {name}")
        answer = {}
        for _ in range(attempts):
            state, answer = self._poll(parameters)
            if state == "success":
                return
            if state == "failure":
                raise WaiterError(self.name, "Waiter encountered a terminal failure state", answer)
        raise WaiterError(self.name, "Max attempts exceeded", answer)

    def _poll(self, parameters):
        try:
            answer, code = getattr(self._client, self._method)(**parameters), None
        except ClientError as error:
            answer, code = error.response, error.response["Error"]["Code"]
        status = answer["ResponseMetadata"]["HTTPStatusCode"]
        for acceptor in self._known["acceptors"]:
            if accepts(acceptor, answer, code, status):
                return acceptor["state"], answer
        return ("failure" if code else "retry"), answer


def accepts(acceptor, answer, code, status):
    expected = acceptor["expected"]
    if acceptor["matcher"] == "error":
        return code is not None and (expected is True or expected == code)
    if acceptor["matcher"] == "status":
        return status == expected
    if code is not None:
        return False
    values = values_at(answer, acceptor["argument"])
    if acceptor["matcher"] == "pathAll":
        return bool(values) and all(value == expected for value in values)
    return any(value == expected for value in values)
