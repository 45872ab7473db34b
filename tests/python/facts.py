"""What the program knows of the APIs that the SDK calls: names of operations, shapes of what goes in and comes out.

`mlopsc facts --api` answers once for each service and operation of a process. $MLOPSC is the program."""
import datetime
import decimal
import functools
import json
import os
import re
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# Services that boto3 calls otherwise than AWS does; else their names without hyphens are the same.
BOTO_NAMES = {"application-autoscaling": "applicationautoscaling", "ce": "costexplorer", "elbv2": "elasticloadbalancingv2",
              "events": "eventbridge", "logs": "cloudwatchlogs", "stepfunctions": "sfn"}
# Members of answers that are read like files; in the models they are blobs.
STREAMED = {("s3", "GetObject"): "Body", ("lambda", "Invoke"): "Payload", ("sagemakerruntime", "InvokeEndpoint"): "Body",
            ("bedrockruntime", "InvokeModel"): "body"}


def ask(name):
    program = os.environ.get("MLOPSC", str(ROOT / "build" / "mlopsc"))
    result = subprocess.run([program, "facts", "--api", name], capture_output=True, text=True, timeout=60)
    if result.returncode:
        raise LookupError(result.stderr.strip().splitlines()[0])
    return json.loads(result.stdout)


def snake_case(name):
    """CreateHyperParameterTuningJob -> create_hyper_parameter_tuning_job, DescribeDBInstances -> describe_db_instances."""
    name = re.sub(r"([A-Za-z0-9])([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name).lower()


@functools.cache
def text_members():
    """(service, action) -> the members for which Step Functions takes an object where the API wants text."""
    found = {}
    for line in (ROOT / "compiler" / "facts" / "sources" / "sdk-edits.tsv").read_text().splitlines():
        if line and not line.startswith("#"):
            name, edits = line.split("\t")[:2]
            found[tuple(name.split(":"))] = {edit.lower() for edit in re.findall(r"\+(\w+)!?:any", edits)}
    return found


class Operation:
    def __init__(self, service, name, action):
        known = ask(f"{service}.{action}")
        self.service, self.name, self.shapes = service, name, known["shapes"]
        self.input, self.output = known["input"], known["output"]
        for member, one in self.shapes[self.input].get("members", {}).items():
            if member.lower() in text_members().get((service, action), ()):
                self.shapes.append({"kind": "string"})
                one["shape"] = len(self.shapes) - 1


class Service:
    """A service by the name that boto3 has for it."""

    def __init__(self, boto_name):
        self.name = BOTO_NAMES.get(boto_name, boto_name.replace("-", ""))
        known = ask(self.name)
        self.actions = known["operations"]
        self.errors = known["errors"]
        self.methods = {snake_case(name): name for name in self.actions}
        clients = json.loads((HERE / "clients.json").read_text())
        self.extras = clients.get(self.name, {"paginators": {}, "waiters": {}})
        self.waiters = {snake_case(name): name for name in self.extras["waiters"]}

    @functools.cache
    def operation(self, name):
        return Operation(self.name, name, self.actions[name])

    def raises(self, code, operation=None):
        """Whether an operation (any, if none is named) can raise `code`; the tables end all names with Exception."""
        lists = [self.errors[operation]] if operation else self.errors.values()
        return any(code in names or code + "Exception" in names for names in lists)


@functools.cache
def service(boto_name):
    return Service(boto_name)


# --- Checking values

NUMBERS = {"integer": int, "long": int, "float": (int, float, decimal.Decimal), "double": (int, float, decimal.Decimal)}


def expected_type(kind, is_answer):
    if kind in NUMBERS:
        return NUMBERS[kind]
    if kind == "blob":
        return (bytes, bytearray) if is_answer else (bytes, bytearray, str)
    if kind == "timestamp":
        return datetime.datetime if is_answer else (datetime.datetime, datetime.date, str, int, float)
    return {"structure": dict, "map": dict, "list": (list, tuple), "string": str, "boolean": bool}[kind]


def faults(shapes, index, value, at="", is_answer=False):
    """What is wrong with `value`, a line each: what botocore refuses, and what the service would."""
    shape = shapes[index]
    kind = shape["kind"]
    if kind == "any" or (kind == "blob" and hasattr(value, "read")):
        return
    if not isinstance(value, expected_type(kind, is_answer)) or (kind in NUMBERS and isinstance(value, bool)):
        yield f"{at or 'the call'} is {type(value).__name__} {value!r:.60}, a {kind} is wanted"
    elif kind == "structure":
        yield from faults_of_members(shapes, shape, value, at, is_answer)
    elif kind == "list":
        yield from out_of_range(shape, len(value), f"the number of items of {at}")
        for i, item in enumerate(value):
            yield from faults(shapes, shape["element"], item, f"{at}[{i}]", is_answer)
    elif kind == "map":
        yield from out_of_range(shape, len(value), f"the number of members of {at}")
        for key, item in value.items():
            yield from faults(shapes, shape["key"], key, f"{at}: the key {key!r}", is_answer)
            yield from faults(shapes, shape["element"], item, f"{at}.{key}", is_answer)
    elif kind == "string":
        yield from faults_of_text(shape, value, at)
    elif kind in NUMBERS:
        yield from out_of_range(shape, value, at)


def faults_of_members(shapes, shape, value, at, is_answer):
    members = shape.get("members", {})
    prefix = f"{at}." if at else ""
    for name, one in members.items():
        if one.get("required") and name not in value and not is_answer:
            yield f"{prefix}{name} is missing"
    for name, inner in value.items():
        if name in members:
            yield from faults(shapes, members[name]["shape"], inner, prefix + str(name), is_answer)
        elif not shape.get("open"):
            yield f"{prefix}{name} is not known; there are {', '.join(members) or 'no parameters'}"
    if shape.get("union") and len(value) != 1:
        yield f"{at} must have exactly one of {', '.join(members)}"


def faults_of_text(shape, value, at):
    yield from out_of_range(shape, len(value), f"the length of {at}")
    if "enum" in shape and value not in shape["enum"]:
        yield f"{at} is {value!r}, allowed are {', '.join(shape['enum'])}"
    if "pattern" in shape:
        try:
            matches = re.fullmatch(shape["pattern"], value)
        except re.error:  # of another dialect: \p{…}
            return
        if not matches:
            yield f"{at} is {value!r:.80}, which does not match {shape['pattern']}"


def out_of_range(shape, amount, what):
    if amount < shape.get("min", amount):
        yield f"{what} is {amount}, at least {shape['min']:g} is allowed"
    if amount > shape.get("max", amount):
        yield f"{what} is {amount}, at most {shape['max']:g} is allowed"


EPOCH = datetime.datetime(2026, 1, 31, 8, tzinfo=datetime.timezone.utc)


def made_up(shapes, index, name):
    """A value for a required member of an answer that a test left out."""
    shape = shapes[index]
    if shape["kind"] == "string":
        return shape.get("enum", [name])[0]
    if shape["kind"] == "structure":
        return completed(shapes, index, {})
    if shape["kind"] == "timestamp":
        return EPOCH
    return {"list": [], "map": {}, "boolean": False, "blob": b""}.get(shape["kind"], shape.get("min", 1))


def completed(shapes, index, value):
    """An answer with its required members."""
    members = shapes[index].get("members", {})
    missing = {name: made_up(shapes, one["shape"], name) for name, one in members.items()
               if one.get("required") and name not in value}
    return {**missing, **value}
