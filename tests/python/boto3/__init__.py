"""Stands for boto3 while scaffolds are tested: every call is checked against the facts and answered by the test's script.

Clients have the operations, paginators, waiters and exceptions that the real ones have, S3's the file transfers; of resources there
is DynamoDB's Table. What else boto3 can do is refused by name."""
import aws

from boto3.client import Client
from boto3.table import DynamoDB

CLIENT_OPTIONS = {"region_name", "api_version", "use_ssl", "verify", "endpoint_url", "aws_access_key_id",
                  "aws_secret_access_key", "aws_session_token", "config"}
SESSION_OPTIONS = {"region_name", "aws_access_key_id", "aws_secret_access_key", "aws_session_token", "profile_name"}


def only_known(options, known):
    for name in options:
        if name not in known:
            raise TypeError(f"got an unexpected keyword argument '{name}'")
    return options


class Session:
    def __init__(self, **options):
        self.options = only_known(options, SESSION_OPTIONS)

    @property
    def region_name(self):
        return self.options.get("region_name") or aws.region()

    def client(self, service_name, **options):
        return Client(service_name, {**self.options, **only_known(options, CLIENT_OPTIONS)})

    def resource(self, service_name, **options):
        if service_name != "dynamodb":
            raise NotImplementedError(f"the stand-in of boto3 has no resource {service_name!r}: use a client")
        return DynamoDB(self.client(service_name, **options))


def client(service_name, **options):
    return Session().client(service_name, **options)


def resource(service_name, **options):
    return Session().resource(service_name, **options)
