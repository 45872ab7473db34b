from boto3 import Session

__all__ = ["Session"]
