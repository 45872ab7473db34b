"""What a step or an event hands over comes as `event`; what is returned is the step's result."""


def handler(event, context):
    raise NotImplementedError("this function is still to be written")
