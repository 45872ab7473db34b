# Runs a Lambda handler, behind offline.py: python3 -c BOTH FILE HANDLER ARN PROGRAM REGION ACCOUNT S3 STRICT, the event as JSON on standard
# input; without a PROGRAM the handler is not offline. Answers one line of JSON: {"payload": text}, {"error": name, "cause": text} or
# {"unknown": what it asked that nobody knows}, how long the handler slept (time stands still for it), how many calls were answered.
import importlib.util, time, traceback, uuid

slept = 0.0


def sleep(seconds):
    global slept
    slept += seconds


class Context:
    function_name = os.path.splitext(os.path.basename(sys.argv[1]))[0]
    function_version = "$LATEST"
    aws_request_id = str(uuid.uuid4())
    invoked_function_arn = sys.argv[3]
    memory_limit_in_mb = "128"

    def get_remaining_time_in_millis(self):
        return 900000


def place_in_handler(failure):
    """The last line of the handler's own files that a failure passed."""
    folder = os.path.dirname(os.path.abspath(sys.argv[1]))
    own = [frame for frame in traceback.extract_tb(failure.__traceback__) if os.path.abspath(frame.filename).startswith(folder + os.sep)]
    return f" ({os.path.relpath(own[-1].filename)}:{own[-1].lineno})" if own else ""


answer_to, sys.stdout = sys.stdout, sys.stderr
time.sleep = sleep
if sys.argv[4]:
    go_offline(*sys.argv[4:9])
try:
    spec = importlib.util.spec_from_file_location("handler", sys.argv[1])
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, os.path.dirname(os.path.abspath(sys.argv[1])))
    sys.dont_write_bytecode = True
    spec.loader.exec_module(module)
    result = getattr(module, sys.argv[2])(json.load(sys.stdin), Context())
    payload = result.decode() if isinstance(result, (bytes, bytearray)) else json.dumps(result)
    answer = {"payload": payload}
except Unknown as failure:
    answer = {"unknown": f"{failure}{place_in_handler(failure)}"}
except BaseException as failure:
    frames = traceback.extract_tb(failure.__traceback__)[1:]
    cause = {
        "errorMessage": str(failure),
        "errorType": type(failure).__name__,
        "requestId": Context.aws_request_id,
        "stackTrace": traceback.format_list(frames),
    }
    answer = {"error": type(failure).__name__, "cause": json.dumps(cause)}
answer["slept"], answer["made_up"] = slept, Offline.made_up
json.dump(answer, answer_to)
