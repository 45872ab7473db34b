class BotoCoreError(Exception):
    """What the SDK itself refuses."""


class ParamValidationError(BotoCoreError):
    def __init__(self, report):
        super().__init__(f"Parameter validation failed:\n{report}")


class NoRegionError(BotoCoreError):
    pass


class UnknownServiceError(BotoCoreError):
    pass


class OperationNotPageableError(BotoCoreError):
    pass


class WaiterError(BotoCoreError):
    def __init__(self, name, reason, last_response):
        super().__init__(f"Waiter {name} failed: {reason}")
        self.last_response = last_response


class ClientError(Exception):
    """What a service refuses. `response` is its answer."""

    def __init__(self, error_response, operation_name):
        error = error_response.get("Error", {})
        super().__init__(f"An error occurred ({error.get('Code', 'Unknown')}) when calling the {operation_name} operation: "
                         f"{error.get('Message', 'Unknown')}")
        self.response = error_response
        self.operation_name = operation_name
