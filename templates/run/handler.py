# Runs a Lambda handler: python3 -c THIS FILE HANDLER ARN, the event as JSON on standard input. Answers one line of JSON:
# {"payload": text} or {"error": name, "cause": text}, and how long the handler slept (time stands still for it).
import importlib.util, json, os, sys, time, traceback, uuid

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


answer_to, sys.stdout = sys.stdout, sys.stderr
time.sleep = sleep
try:
    spec = importlib.util.spec_from_file_location("handler", sys.argv[1])
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, os.path.dirname(os.path.abspath(sys.argv[1])))
    sys.dont_write_bytecode = True
    spec.loader.exec_module(module)
    result = getattr(module, sys.argv[2])(json.load(sys.stdin), Context())
    payload = result.decode() if isinstance(result, (bytes, bytearray)) else json.dumps(result)
    answer = {"payload": payload}
except BaseException as failure:
    frames = traceback.extract_tb(failure.__traceback__)[1:]
    cause = {
        "errorMessage": str(failure),
        "errorType": type(failure).__name__,
        "requestId": Context.aws_request_id,
        "stackTrace": traceback.format_list(frames),
    }
    answer = {"error": type(failure).__name__, "cause": json.dumps(cause)}
answer["slept"] = slept
json.dump(answer, answer_to)
