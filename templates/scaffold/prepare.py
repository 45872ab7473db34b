"""Makes synthetic data of customers who stay or leave, and puts it where the training finds it.

The event is {"run_id": "…", "to": "s3://bucket/prefix/", "baseline": "s3://bucket/key", "rows": 2000}; a run always gets the same data. Below
`to` it writes train/train.csv and test/test.csv, with a header, the label first; to `baseline`, where it is given, the features alone,
with which requests are compared later.
"""
import csv
import io
import json
import math
import random

import boto3

FEATURES = ["tenure_months", "monthly_charge", "support_calls", "late_payments", "usage_hours"]
LABEL = "left"
ROWS = 2000
TEST_SHARE = 0.2


def customer(chance):
    """One customer: the features, and whether they left."""
    tenure = round(chance.uniform(1, 72), 1)
    charge = round(chance.gauss(65, 18), 2)
    calls = min(12, int(chance.expovariate(0.7)))
    late = min(6, int(chance.expovariate(1.2)))
    usage = round(max(0.0, chance.gauss(40, 15)), 1)
    leaning = -1.2 - 0.045 * tenure + 0.03 * (charge - 65) + 0.55 * calls + 0.6 * late - 0.02 * (usage - 40)
    return [tenure, charge, calls, late, usage], int(chance.random() < 1 / (1 + math.exp(-leaning)))


def as_csv(header, rows):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def put(s3, uri, text):
    bucket, _, key = uri.removeprefix("s3://").partition("/")
    s3.put_object(Bucket=bucket, Key=key, Body=text, ContentType="text/csv")


def handler(event, context):
    run, place, count = str(event["run_id"]), event["to"].rstrip("/"), int(event.get("rows", ROWS))
    if count < 10:
        raise ValueError(f"{count} rows are too few to train on")
    chance = random.Random(run)
    customers = [customer(chance) for _ in range(count)]
    labelled = [[left, *features] for features, left in customers]
    tested = int(count * TEST_SHARE)
    s3 = boto3.client("s3")
    put(s3, f"{place}/train/train.csv", as_csv([LABEL, *FEATURES], labelled[tested:]))
    put(s3, f"{place}/test/test.csv", as_csv([LABEL, *FEATURES], labelled[:tested]))
    if event.get("baseline"):
        put(s3, event["baseline"], as_csv(FEATURES, [features for features, _ in customers[tested:]]))
    answer = {"train": f"{place}/train/", "test": f"{place}/test/", "rows": count, "left": sum(left for _, left in customers)}
    print(json.dumps(answer))
    return answer
