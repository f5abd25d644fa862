#!/usr/bin/env python3
"""A push service and a receiver of webhooks that answer as the address says, and keep what they got.

`POST /<status>/<name>` answers with that status; instead of a number, `slow`, `reset`, `error` (200 with an error),
`moved` (301 to this machine), `later` (429 with Retry-After) or `flaky` (500 once, then 201). What came is in
`PushDouble.received`, the newest last.
"""

import http.server
import json
import socket
import struct
import threading
import time

REASONS = {
    400: {"code": 400, "errno": 110, "message": "buy milk"},
    401: {"code": 401, "errno": 109, "error": "Unauthorized"},
    403: {"reason": "BadJwtToken"},
    404: {"code": 404, "errno": 102},
    410: {"code": 410, "errno": 103, "reason": "Unregistered"},
    413: {"code": 413, "errno": 104},
    429: {"code": 429, "errno": 201},
    500: {"code": 500, "errno": 999},
    503: {"code": 503, "errno": 201},
}


class Message:
    """One request as it came."""

    def __init__(self, name, path, headers, body):
        self.name = name
        self.path = path
        self.headers = {key.lower(): value for key, value in headers.items()}
        self.body = body


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        parts = self.path.split("?")[0].strip("/").split("/")
        how, name = parts[0], parts[-1]
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        double = self.server.double
        with double.changed:
            known = sum(one.name == name for one in double.received)
            double.received.append(Message(name, self.path, self.headers, body))
            double.changed.notify_all()
        if how == "slow":
            time.sleep(double.slowness)
            return self.answer(201)
        if how == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()
            return None
        if how == "moved":
            return self.answer(301, {"Location": f"http://127.0.0.1:{self.server.server_port}/201/loopback"})
        if how == "later":
            return self.answer(429 if known == 0 else 201, {"Retry-After": "1"})
        if how == "flaky":
            return self.answer(500 if known == 0 else 201)
        if how == "error":
            return self.answer(200, body={"error": "NotRegistered"})
        status = int(how)
        return self.answer(status, {"Location": f"{double.url}/m/1"} if status == 201 else {})

    def answer(self, status, headers={}, body=None):
        text = json.dumps(body if body is not None else REASONS.get(status, {})).encode() if status != 204 else b""
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        try:
            self.end_headers()
            self.wfile.write(text)
        except OSError:
            # Whoever asked has not waited for it.
            self.close_connection = True

    def log_message(self, *_):
        pass


class PushDouble:
    """Runs in a thread of its own, on a free port of this machine, until the end of a `with`."""

    def __init__(self, slowness=15):
        self.received = []
        self.changed = threading.Condition()
        self.slowness = slowness
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.double = self
        self.port = self.server.server_port
        self.url = f"http://127.0.0.1:{self.port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def wait_for(self, name, count=1, seconds=30):
        """The messages under a name, once there are that many."""
        def found():
            return [one for one in self.received if one.name == name]
        with self.changed:
            if not self.changed.wait_for(lambda: len(found()) >= count, seconds):
                raise AssertionError(f"{len(found())} of {count} messages came to {name}")
            return found()
