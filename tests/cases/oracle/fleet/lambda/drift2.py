"""Compares what an endpoint is asked with what its model was trained on, and reports how far the two are apart.

The requests of the last WINDOW_HOURS are read from REQUESTS (an s3:// place below which folders are hours, YYYY/MM/DD/HH/, and files
hold a JSON object a line: what the inference code keeps, or SageMaker's data capture), the training data from BASELINE
(CSV with a header, at s3://). For each feature two numbers tell the drift:

- psi, the population stability index over tenths of the baseline: below 0.1 the same, above 0.2 another population;
- ks, the largest distance of the two distribution functions.

The score is the largest psi. It goes to CloudWatch (NAMESPACE, metric Score), and a report with all numbers to REPORTS, one
file a run, which is the history.
"""
import base64
import bisect
import csv
import datetime
import io
import json
import math
import os
from concurrent.futures import ThreadPoolExecutor

import boto3

BINS = 10
FEWEST = 30       # with fewer requests, chance alone moves the score
LEAST = 1e-4      # stands for a share of nothing, whose logarithm does not exist
REQUESTS_MOST = 20_000
READERS = 16      # files are small and many


def split_uri(uri):
    """The bucket and key of s3://bucket/key."""
    bucket, _, key = uri.removeprefix("s3://").partition("/")
    return bucket, key


def parse_rows(text):
    return [row for row in csv.reader(io.StringIO(text)) if row]


def read_baseline(s3, uri):
    """The features of the training data: {name: its values as text}."""
    bucket, key = split_uri(uri)
    names, *rows = parse_rows(s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode())
    return {name: [row[i] for row in rows] for i, name in enumerate(names)}


def captured(record):
    """The rows of a line of data capture."""
    given = record["captureData"]["endpointInput"]
    text = base64.b64decode(given["data"]).decode() if given.get("encoding") == "BASE64" else given["data"]
    if given.get("encoding") == "JSON":
        held = json.loads(text)
        return held["instances"] if isinstance(held, dict) else held
    return parse_rows(text)


def rows_of(line):
    record = json.loads(line)
    return captured(record) if "captureData" in record else record["inputs"]


def read_requests(s3, uri, now, hours):
    """The rows that the endpoint was asked in the last hours, newest hour first, up to REQUESTS_MOST."""
    bucket, prefix = split_uri(uri)

    def read(key):
        body = s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode()
        return [row for line in body.splitlines() if line.strip() for row in rows_of(line)]

    rows = []
    with ThreadPoolExecutor(READERS) as readers:
        for ago in range(hours + 1):
            folder = (now - datetime.timedelta(hours=ago)).strftime("%Y/%m/%d/%H/")
            for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix.rstrip("/") + "/" + folder):
                for found in readers.map(read, [found["Key"] for found in page.get("Contents", [])]):
                    rows += found
                if len(rows) >= REQUESTS_MOST:
                    return rows[:REQUESTS_MOST]
    return rows


def numbers(values):
    """The values as numbers, or None where one is none."""
    try:
        found = [float(value) for value in values]
    except (TypeError, ValueError):
        return None
    return None if any(math.isnan(value) for value in found) else found


def shares(places, count):
    total = len(places)
    return [places.count(place) / total for place in range(count)]


def psi(expected, actual):
    """The population stability index of two lists of shares."""
    pairs = [(max(e, LEAST), max(a, LEAST)) for e, a in zip(expected, actual)]
    return sum((a - e) * math.log(a / e) for e, a in pairs)


def ks(expected, actual):
    """The Kolmogorov-Smirnov distance of two samples."""
    expected, actual = sorted(expected), sorted(actual)
    return max(abs(bisect.bisect_right(expected, at) / len(expected) - bisect.bisect_right(actual, at) / len(actual))
               for at in {*expected, *actual})


def compare(expected, actual):
    """The drift of one feature between two lists of values."""
    was, now = numbers(expected), numbers(actual)
    if was is None or now is None:  # names, not numbers: how often each comes
        names = sorted(set(map(str, expected)))
        place = {name: i for i, name in enumerate(names)}
        return {"psi": psi(shares([place[str(v)] for v in expected], len(names) + 1),
                           shares([place.get(str(v), len(names)) for v in actual], len(names) + 1))}
    ordered = sorted(was)
    edges = sorted({ordered[len(ordered) * i // BINS] for i in range(1, BINS)})
    def spread(values):
        return shares([bisect.bisect_right(edges, value) for value in values], len(edges) + 1)
    return {"psi": psi(spread(was), spread(now)), "ks": ks(was, now),
            "mean": sum(now) / len(now), "baseline_mean": sum(was) / len(was)}


def examine(baseline, rows, threshold):
    """The report on the rows: {status, score, features, …}."""
    usable = [row for row in rows if len(row) == len(baseline)]
    report = {"requests": len(rows), "of_other_length": len(rows) - len(usable), "threshold": threshold}
    if len(usable) < FEWEST:
        return {**report, "status": "too few requests", "fewest": FEWEST}
    features = {name: compare(values, [row[i] for row in usable]) for i, (name, values) in enumerate(baseline.items())}
    worst = max(features, key=lambda name: features[name]["psi"])
    score = features[worst]["psi"]
    return {**report, "status": "drift" if score > threshold else "stable", "score": score, "worst": worst, "features": features}


def handler(event, context):
    s3 = boto3.client("s3")
    now = datetime.datetime.now(datetime.timezone.utc)
    try:
        baseline = read_baseline(s3, os.environ["BASELINE"])
    except s3.exceptions.NoSuchKey:  # nothing was trained yet
        print(json.dumps({"status": "no baseline", "baseline": os.environ["BASELINE"]}))
        return {"status": "no baseline", "endpoint": os.environ["ENDPOINT"]}
    rows = read_requests(s3, os.environ["REQUESTS"], now, int(os.environ.get("WINDOW_HOURS", "24")))
    report = {"time": now.isoformat(timespec="seconds"), "endpoint": os.environ["ENDPOINT"],
              **examine(baseline, rows, float(os.environ.get("THRESHOLD", "0.2")))}
    bucket, prefix = split_uri(os.environ["REPORTS"])
    key = f"{prefix.rstrip('/')}/{now:%Y/%m/%d/%H%M%S}.json"
    s3.put_object(Bucket=bucket, Key=key, Body=json.dumps(report, indent=2), ContentType="application/json")
    if "score" in report:
        boto3.client("cloudwatch").put_metric_data(Namespace=os.environ["NAMESPACE"], MetricData=[{
            "MetricName": "Score", "Value": report["score"], "Unit": "None", "Timestamp": now,
            "Dimensions": [{"Name": "Endpoint", "Value": os.environ["ENDPOINT"]}]}])
    summary = {name: value for name, value in report.items() if name != "features"} | {"report": f"s3://{bucket}/{key}"}
    print(json.dumps(summary))
    return summary
