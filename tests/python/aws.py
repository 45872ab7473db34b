"""The script of a test: which calls it expects and what they are answered."""
import os


def region():
    return os.environ.get("AWS_DEFAULT_REGION") or os.environ.get("AWS_REGION")


class Refused:
    """An answer: the service refuses the call with this error."""

    def __init__(self, code, message="refused"):
        self.code, self.message = code, message


class Call:
    """A call that was made: `name` ("s3.put_object"), `arguments`, and `client`, the options its client was made with."""

    def __init__(self, name, arguments, client):
        self.name, self.arguments, self.client = name, arguments, client

    def __getitem__(self, parameter):
        return self.arguments[parameter]

    def __repr__(self):
        return f"{self.name}({', '.join(f'{key}={value!r}' for key, value in self.arguments.items())})"


class Expected:
    def __init__(self, name, answer, arguments):
        self.name, self.answer, self.arguments = name, answer, arguments

    def differences(self, call):
        if call.name != self.name:
            return [f"{call!r} was called where {self.name} was expected"]
        return [f"{call.name}: {key} is {call.arguments.get(key)!r}, {value!r} was expected" for key, value in self.arguments.items()
                if call.arguments.get(key) != value]


class Script:
    def __init__(self):
        self.calls, self.faults = [], []
        self._expected, self._always = [], {}

    def expect(self, name, answer=None, **arguments):
        """The next call is `name`, with at least these arguments. It is answered by `answer`: a value; Refused("Code"); or a
        function of the arguments that gives one of these."""
        self._expected.append(Expected(name, answer, arguments))

    def always(self, name, answer=None):
        """Calls of `name` that `expect` does not speak of are answered so, whenever they come."""
        self._always[name] = answer

    def called(self, name):
        """The calls of `name`, in order."""
        return [call for call in self.calls if call.name == name]

    def fault(self, text):
        """Remembers what fails the test even where the code under test swallows the exception."""
        self.faults.append(text)

    def answer(self, name, arguments, client):
        call = Call(name, arguments, client)
        self.calls.append(call)
        expected = self._expected and self._expected[0]
        if name in self._always and not (expected and expected.name == name):
            answer = self._always[name]
        elif expected:
            self._expected.pop(0)
            for difference in expected.differences(call):
                self.fault(difference)
            answer = expected.answer
        else:
            self.fault(f"{call!r} was not expected")
            raise AssertionError(self.faults[-1])
        return answer(arguments) if callable(answer) else answer

    def complaints(self):
        return self.faults + [f"{one.name} was expected and not called" for one in self._expected]


current = Script()  # of the test that runs


def begin():
    global current
    current = Script()
    return current
