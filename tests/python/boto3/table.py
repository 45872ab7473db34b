"""DynamoDB's Table, which speaks plain Python values; its calls are those of the client."""
from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

ITEMS = {"Key", "Item", "ExpressionAttributeValues", "ExclusiveStartKey"}
ANSWERS = {"Item", "Attributes", "LastEvaluatedKey"}
METHODS = {"get_item", "put_item", "update_item", "delete_item", "query", "scan"}


def to_wire(item):
    return {key: TypeSerializer().serialize(value) for key, value in item.items()}


def from_wire(item):
    return {key: TypeDeserializer().deserialize(value) for key, value in item.items()}


class DynamoDB:
    def __init__(self, client):
        self.meta = type("Meta", (), {"client": client})

    def Table(self, name):
        return Table(self.meta.client, name)


class Table:
    def __init__(self, client, name):
        self._client, self.name, self.table_name = client, name, name

    def __getattr__(self, method):
        if method not in METHODS:
            raise AttributeError(f"the stand-in of boto3 has no Table.{method}")

        def call(**parameters):
            wire = {key: to_wire(value) if key in ITEMS else value for key, value in parameters.items()}
            answer = getattr(self._client, method)(TableName=self.name, **wire)
            plain = {key: from_wire(value) if key in ANSWERS else value for key, value in answer.items()}
            if "Items" in answer:
                plain["Items"] = [from_wire(item) for item in answer["Items"]]
            return plain

        return call
