from decimal import Decimal


class TypeSerializer:
    """A plain value as DynamoDB has it on the wire."""

    def serialize(self, value):
        if value is None:
            return {"NULL": True}
        if isinstance(value, bool):
            return {"BOOL": value}
        if isinstance(value, float):
            raise TypeError("Float types are not supported. Use Decimal types instead.")
        if isinstance(value, (int, Decimal)):
            return {"N": str(value)}
        if isinstance(value, str):
            return {"S": value}
        if isinstance(value, (bytes, bytearray)):
            return {"B": bytes(value)}
        if isinstance(value, (set, frozenset)):
            return self._set(value)
        if isinstance(value, (list, tuple)):
            return {"L": [self.serialize(item) for item in value]}
        if isinstance(value, dict):
            return {"M": {key: self.serialize(item) for key, item in value.items()}}
        raise TypeError(f'Unsupported type "{type(value)}" for value "{value}"')

    @staticmethod
    def _set(value):
        kinds = {str: "SS", int: "NS", Decimal: "NS", bytes: "BS"}
        kind = {kinds.get(type(item)) for item in value}
        if len(kind) != 1 or None in kind:
            raise TypeError(f"a set of one type is wanted, not {value!r}")
        return {kind.pop(): sorted(str(item) if isinstance(item, (int, Decimal)) else item for item in value)}


class TypeDeserializer:
    """The plain value of one on the wire; numbers are Decimals."""

    def deserialize(self, value):
        (kind, inner), = value.items()
        if kind == "NULL":
            return None
        if kind == "N":
            return Decimal(inner)
        if kind == "NS":
            return {Decimal(item) for item in inner}
        if kind in ("SS", "BS"):
            return set(inner)
        if kind == "L":
            return [self.deserialize(item) for item in inner]
        if kind == "M":
            return {key: self.deserialize(item) for key, item in inner.items()}
        return inner
