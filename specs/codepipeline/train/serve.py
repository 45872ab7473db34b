"""Serves the model as SageMaker asks for it: GET /ping and POST /invocations on port 8080, CSV or JSON in and out."""
import csv
import io
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import model

MODEL = Path("/opt/ml/model")
PORT = 8080
BODY_MOST = 6 * 1024 * 1024  # what InvokeEndpoint takes


class BadRequest(Exception):
    pass


def rows_of(body, content_type):
    try:
        if content_type == "text/csv":
            rows = [row for row in csv.reader(io.StringIO(body.decode("utf-8"))) if row]
        elif content_type == "application/json":
            held = json.loads(body)
            rows = held["instances"] if isinstance(held, dict) else held
        else:
            raise BadRequest(f"{content_type or 'nothing'} is neither text/csv nor application/json")
        rows = [[float(value) for value in row] for row in rows]
    except (ValueError, TypeError, KeyError) as error:
        raise BadRequest(f"the request is no rows of numbers: {error}") from error
    if not rows:
        raise BadRequest("the request holds no rows")
    return rows


def answer_of(predictions, accept):
    """The answer's text and its type."""
    if accept == "application/json":
        return json.dumps({"predictions": predictions}), accept
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([prediction] for prediction in predictions)
    return out.getvalue(), "text/csv"


def plain(header):
    return (header or "").split(";")[0].strip().lower()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    loaded = None  # the model

    def respond(self, status, text="", content_type="text/plain"):
        body = text.encode("utf-8")
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.respond(200 if self.path == "/ping" else 404)

    def do_POST(self):
        length = int(self.headers.get("Content-Length") or 0)
        if self.path != "/invocations" or length > BODY_MOST:
            self.close_connection = True  # the body is not read
            self.respond(404 if self.path != "/invocations" else 413)
            return
        try:
            rows = rows_of(self.rfile.read(length), plain(self.headers.get("Content-Type")))
            self.respond(200, *answer_of(model.predict(self.loaded, rows), plain(self.headers.get("Accept"))))
        except BadRequest as error:
            self.respond(400, str(error))
        except Exception as error:  # of the model: the log has it, and the caller is told that it is not the request
            self.log_error("%s: %s", type(error).__name__, error)
            self.respond(500, "the model failed")

    def log_request(self, code="-", size="-"):
        if self.path != "/ping":  # which comes every few seconds
            super().log_request(code, size)


def main(folder=MODEL, port=PORT):
    Handler.loaded = model.load(folder)
    ThreadingHTTPServer(("", port), Handler).serve_forever()
