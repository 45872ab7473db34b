# Stands for boto3, botocore and the network while a handler runs on a laptop, so that it reaches nothing. Each call is checked against
# what its API takes, and answered from what it gives. What no API tells (what an object or a secret holds, what a function or a model
# answers) nobody makes up: asking for it ends the handler.
import datetime, decimal, functools, json, os, re, socket, subprocess, sys, types

# Services that boto3 calls otherwise than AWS does; else their names without hyphens are the same.
BOTO_NAMES = {"application-autoscaling": "applicationautoscaling", "ce": "costexplorer", "elbv2": "elasticloadbalancingv2",
              "events": "eventbridge", "logs": "cloudwatchlogs", "stepfunctions": "sfn"}
# Answers that hold what somebody put there, in texts and objects; blobs always do.
CONTENTS = {"secretsmanager.GetSecretValue", "secretsmanager.BatchGetSecretValue", "ssm.GetParameter", "ssm.GetParameters",
            "ssm.GetParametersByPath", "dynamodb.GetItem", "dynamodb.Query", "dynamodb.Scan", "dynamodb.BatchGetItem", "athena.GetQueryResults",
            "redshiftdata.GetStatementResult", "rdsdata.ExecuteStatement"}


class Unknown(BaseException):
    """A handler asks for what nobody here knows."""


class Offline:
    """How the calls are answered, and how many were."""
    program, place, s3, strict = "", "", "", False
    made_up, objects = 0, {}


def ask(name, *more, **options):
    result = subprocess.run([Offline.program, "facts", "--api", name, *more], capture_output=True, text=True, **options)
    if result.returncode:
        raise LookupError(name)
    return json.loads(result.stdout)


ask_once = functools.cache(ask)


def snake_case(name):
    """CreateHyperParameterTuningJob -> create_hyper_parameter_tuning_job, DescribeDBInstances -> describe_db_instances."""
    name = re.sub(r"([A-Za-z0-9])([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name).lower()


# ---------------------------------------------------------------- values


class Content(bytes):
    """A blob of an answer: to look into it is to ask what nobody knows."""

    def __getattribute__(self, name):
        if name.startswith("__") and name not in ("__iter__", "__enter__"):
            return super().__getattribute__(name)
        raise Unknown(what_is_known[id(self)])

    def __iter__(self):
        raise Unknown(what_is_known[id(self)])

    __enter__ = __getitem__ = __len__ = __eq__ = __contains__ = lambda self, *_: iter(self)
    __hash__ = bytes.__hash__


what_is_known, kept = {}, []  # by the identity of each content, which is kept for that


def content(what):
    kept.append(Content())
    what_is_known[id(kept[-1])] = what
    return kept[-1]


class Body:
    """An object's content, read like a file."""

    def __init__(self, data):
        self._data = data

    def read(self, amount=None):
        amount = len(self._data) if amount is None else amount
        head, self._data = self._data[:amount], self._data[amount:]
        return head

    def iter_lines(self):
        return iter(self.read().splitlines())

    def iter_chunks(self, size=1024):
        return iter(lambda: self.read(size), b"")

    __iter__ = iter_chunks

    def close(self):
        pass


def as_json(value):
    """An argument as the checks read it."""
    if isinstance(value, (bytes, bytearray)):
        return value.decode(errors="replace")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return float(value)
    return "" if hasattr(value, "read") else str(value)


def as_python(shapes, index, value, what):
    """An answer as boto3 gives it."""
    shape = shapes[index]
    kind = shape["kind"]
    if kind == "blob":
        return content(what)
    if kind == "structure" and isinstance(value, dict):
        given = {key.lower(): one for key, one in value.items()}
        return {name: as_python(shapes, member["shape"], given.get(name.lower()), what) for name, member in shape.get("members", {}).items()
                if name.lower() in given or shapes[member["shape"]]["kind"] == "blob"}
    if kind == "list" and isinstance(value, list):
        return [as_python(shapes, shape["element"], one, what) for one in value]
    if kind == "map" and isinstance(value, dict):
        return {key: as_python(shapes, shape["element"], one, what) for key, one in value.items()}
    if kind == "timestamp":
        return datetime.datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    return value


def spoken(name, parameters):
    """A call in words: `lambda.invoke of churn`."""
    named = [str(value) for key, value in parameters.items() if re.search(r"(Name|Id|Key|Url|Arn|Table)$", key) and isinstance(value, str)]
    return f"what {name} of {', '.join(named)} answers" if named else f"what {name} answers"


# ---------------------------------------------------------------- clients


class ClientError(Exception):
    """What a service refuses."""

    def __init__(self, error_response, operation_name):
        error = error_response.get("Error", {})
        super().__init__(f"An error occurred ({error.get('Code', 'Unknown')}) when calling the {operation_name} operation: "
                         f"{error.get('Message', 'Unknown')}")
        self.response, self.operation_name = error_response, operation_name


class BotoCoreError(Exception):
    """What the SDK itself refuses."""


ParamValidationError = type("ParamValidationError", (BotoCoreError,), {})


class Exceptions:
    def __getattr__(self, code):
        made = type(code, (ClientError,), {})
        setattr(self, code, made)
        return made


class Client:
    def __init__(self, boto_name, region=None):
        self._boto_name, self._name = boto_name, BOTO_NAMES.get(boto_name, boto_name.replace("-", ""))
        try:
            self._operations = ask_once(self._name)["operations"]
        except LookupError:
            raise BotoCoreError(f"Unknown service: {boto_name!r}") from None
        self._methods = {snake_case(name): name for name in self._operations}
        self.exceptions = Exceptions()
        region = region or Offline.place.split("/")[0]
        self.meta = types.SimpleNamespace(region_name=region, endpoint_url=f"https://{boto_name}.{region}.amazonaws.com")

    def __getattr__(self, method):
        if method not in self._methods:
            raise AttributeError(f"{self._boto_name!r} client has no operation {method!r}")
        return lambda **parameters: self._call(method, self._methods[method], parameters)

    def _call(self, method, name, parameters):
        said = f"{self._boto_name}.{method}"
        if Offline.strict:
            raise Unknown(spoken(said, parameters))
        api = f"{self._name}.{self._operations[name]}"
        known = ask_once(api)
        made = ask(api, "--place", Offline.place, "--arguments", "@-", input=json.dumps(parameters, default=as_json))
        if made["faults"]:
            raise ParamValidationError("Parameter validation failed:\n" + "\n".join(made["faults"]))
        if self._name == "s3" and name in ("PutObject", "GetObject"):
            return self._object(name, parameters, said)
        if f"{self._name}.{name}" in CONTENTS:
            raise Unknown(spoken(said, parameters))
        Offline.made_up += 1
        answer = as_python(known["shapes"], known["output"], made["answer"], spoken(said, parameters))
        return {**answer, "ResponseMetadata": {"HTTPStatusCode": 200, "RequestId": "0" * 8}}

    def _object(self, name, parameters, said):
        """What was put can be got again; else --s3 tells what is there."""
        place = f"{parameters['Bucket']}/{parameters['Key']}"
        if name == "PutObject":
            body = parameters.get("Body", b"")
            body = body.read() if hasattr(body, "read") else body
            Offline.objects[place] = body.encode() if isinstance(body, str) else bytes(body)
            Offline.made_up += 1
            return {"ETag": '"0"', "ResponseMetadata": {"HTTPStatusCode": 200, "RequestId": "0" * 8}}
        path = os.path.join(Offline.s3, place)
        if place not in Offline.objects and Offline.s3 and os.path.isfile(path):
            with open(path, "rb") as file:
                Offline.objects[place] = file.read()
        if place not in Offline.objects:
            raise Unknown(f"what s3://{place} holds")
        data = Offline.objects[place]
        return {"Body": Body(data), "ContentLength": len(data), "ResponseMetadata": {"HTTPStatusCode": 200, "RequestId": "0" * 8}}

    def can_paginate(self, method):
        return method in self._methods

    def get_paginator(self, method):
        return types.SimpleNamespace(paginate=lambda PaginationConfig=None, **parameters: [getattr(self, method)(**parameters)])

    def get_waiter(self, name):
        def wait(WaiterConfig=None, **parameters):
            if Offline.strict:
                raise Unknown(f"when {self._boto_name} is {name}")
            Offline.made_up += 1

        return types.SimpleNamespace(wait=wait, name=name)

    def upload_file(self, Filename, Bucket, Key, ExtraArgs=None, Callback=None, Config=None):
        with open(Filename, "rb") as file:
            self.put_object(Bucket=Bucket, Key=Key, Body=file.read(), **(ExtraArgs or {}))

    def upload_fileobj(self, Fileobj, Bucket, Key, ExtraArgs=None, Callback=None, Config=None):
        self.put_object(Bucket=Bucket, Key=Key, Body=Fileobj.read(), **(ExtraArgs or {}))

    def download_file(self, Bucket, Key, Filename, ExtraArgs=None, Callback=None, Config=None):
        with open(Filename, "wb") as file:
            self.download_fileobj(Bucket, Key, file)

    def download_fileobj(self, Bucket, Key, Fileobj, ExtraArgs=None, Callback=None, Config=None):
        Fileobj.write(self.get_object(Bucket=Bucket, Key=Key)["Body"].read())

    def generate_presigned_url(self, ClientMethod, Params=None, ExpiresIn=3600, HttpMethod=None):
        return f"{self.meta.endpoint_url}/{(Params or {}).get('Bucket', '')}/{(Params or {}).get('Key', '')}?X-Amz-Expires={ExpiresIn}"

    def close(self):
        pass


def refuse_floats(value):
    if isinstance(value, float):
        raise TypeError("Float types are not supported. Use Decimal types instead.")
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ():
        refuse_floats(one)


class Table:
    """DynamoDB's table of plain values: what is written is taken, what is read nobody knows."""

    def __init__(self, name):
        self.name = self.table_name = name

    def __getattr__(self, method):
        if method not in ("put_item", "update_item", "delete_item"):
            raise Unknown(f"what the table {self.name} holds ({method})")

        def call(**parameters):
            refuse_floats(parameters)
            if Offline.strict:
                raise Unknown(f"what dynamodb.{method} of {self.name} answers")
            Offline.made_up += 1
            return {"ResponseMetadata": {"HTTPStatusCode": 200, "RequestId": "0" * 8}}

        return call


class Session:
    def __init__(self, region_name=None, **_):
        self.region_name = region_name or Offline.place.split("/")[0]

    def client(self, service_name, region_name=None, **_):
        return Client(service_name, region_name or self.region_name)

    def resource(self, service_name, **_):
        if service_name == "dynamodb":
            return types.SimpleNamespace(Table=Table, meta=types.SimpleNamespace(client=self.client("dynamodb")))
        raise Unknown(f"what boto3.resource({service_name!r}) does: a client is known")


# ---------------------------------------------------------------- in place of the modules


class Condition:
    """boto3.dynamodb.conditions: built and never read."""

    def __init__(self, *_):
        pass

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *_: self

    __and__ = __or__ = lambda self, other: self
    __invert__ = lambda self: self


class Errors(types.ModuleType):
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        setattr(self, name, type(name, (BotoCoreError,), {}))
        return getattr(self, name)


def module(name, kind=types.ModuleType, **members):
    made = kind(name)
    made.__path__ = []
    vars(made).update(members)
    sys.modules[name] = made
    above, _, last = name.rpartition(".")
    if above:
        setattr(sys.modules[above], last, made)
    return made


def no_network(self, address):
    if self.family == getattr(socket, "AF_UNIX", None):
        return connect(self, address)
    raise Unknown(f"what {':'.join(str(part) for part in address[:2])} says")


def no_name(host, *_, **__):
    raise Unknown(f"what {host if isinstance(host, str) else host.decode()} says")


connect = socket.socket.connect


def go_offline(program, region, account, s3, strict):
    Offline.program, Offline.place, Offline.s3, Offline.strict = program, f"{region}/{account}", s3, bool(strict)
    module("boto3", client=lambda *a, **k: Session().client(*a, **k), resource=lambda *a, **k: Session().resource(*a, **k), Session=Session)
    module("boto3.session", Session=Session)
    module("boto3.dynamodb")
    module("boto3.dynamodb.conditions", Key=Condition, Attr=Condition)
    module("botocore")
    module("botocore.config", Config=types.SimpleNamespace)
    sys.modules["botocore"].client = module("botocore.client", Config=types.SimpleNamespace)
    module("botocore.exceptions", Errors, ClientError=ClientError, BotoCoreError=BotoCoreError, ParamValidationError=ParamValidationError)
    socket.socket.connect, socket.getaddrinfo = no_network, no_name
    for name in [name for name in os.environ if name.startswith("AWS_") and name not in ("AWS_REGION", "AWS_DEFAULT_REGION")]:
        del os.environ[name]  # what the handler starts finds no keys either
    os.environ.update(AWS_CONFIG_FILE=os.devnull, AWS_SHARED_CREDENTIALS_FILE=os.devnull, AWS_EC2_METADATA_DISABLED="true")
    os.environ.setdefault("AWS_REGION", region)
    os.environ.setdefault("AWS_DEFAULT_REGION", region)


