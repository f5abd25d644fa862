#!/usr/bin/env python3
"""A server of language models that says what a script tells it to: Chat Completions and Responses, streaming and not.

    python3 Tests/Chat/fake_model.py [PORT] [--script FILE] [--key KEY]

Listens on 127.0.0.1 alone. PORT 0 (the default) takes a free one; the first line printed is the base URL, such as
http://127.0.0.1:40123/v1. With --key, calls without `Authorization: Bearer KEY` or `api-key: KEY` are answered 401.
In a test: `with FakeModel() as fake: fake.script([...])`, then `fake.url`, `fake.requests`, `fake.state`.

A script is a list of steps. A call takes the first step that fits it, and the step is gone; when none fits, the model
says "Done.". Members of a step, all of them optional:

    text        what the model says
    thinking    what it thinks first
    calls       [{"name", "arguments": object, or text sent as it is, "id"?}]
    finish      finish_reason; default "tool_calls" with calls, else "stop". "length" and "content_filter" end a
                Responses answer as incomplete
    usage       {"input", "output"}: tokens
    status      an error of this status instead, with
    error       the member "error" of its body: {"message", "type", "param", "code"}; or
    body        its whole body: an object, or text sent as it is; and
    headers     its headers: {"retry-after": "1"}
    transcript  name of a file in Tests/Fixtures/model-transcripts: sent as it is (.sse, .json: a body;
                .http: status, headers and body)
    when        only for calls whose last message of the user contains this text
    repeat      true: the step stays
    delay       seconds before anything is sent
    pause       seconds between pieces
    piece       letters per piece; default 7
    cut         true: breaks off in the middle of the stream
    silence     true: begins, then says nothing until the client goes

Control, as JSON, under http://127.0.0.1:PORT:

    PUT  /control/script     replaces the script
    POST /control/script     adds to it
    GET  /control/requests   what was asked, the oldest first: [{"path", "headers", "body"}], headers in small letters
    GET  /control/state      {"calls", "left", "cancelled"}: calls got, steps left, answers whose client went
    POST /control/reset      forgets script and requests

A call that a careful server refuses is answered 400 here too: calls of tools whose results are missing or out of
place, names of tools that are not allowed, `content` left out. The step is not taken then.
"""

import json
import pathlib
import re
import select
import socket
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TRANSCRIPTS = pathlib.Path(__file__).parent.parent / "Fixtures" / "model-transcripts"
TOOL_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Gone(Exception):
    """The client closed its connection before the answer was whole."""


class FakeModel:
    def __init__(self, port=0, script=(), key=None):
        self.lock = threading.Lock()
        self.steps, self.requests = list(script), []
        self.calls = self.cancelled = self.numbers = 0
        self.key = key
        self.server = ThreadingHTTPServer(("127.0.0.1", port), type("Bound", (Door,), {"model": self}))
        self.server.daemon_threads = True

    @property
    def root(self):
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    @property
    def url(self):
        return f"{self.root}/v1"

    @property
    def state(self):
        with self.lock:
            return {"calls": self.calls, "left": len(self.steps), "cancelled": self.cancelled}

    def script(self, steps):
        with self.lock:
            self.steps, self.requests = list(steps), []
            self.calls = self.cancelled = 0

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def take(self, body):
        """The step for a call."""
        said = last_said(body)
        with self.lock:
            self.calls += 1
            for place, step in enumerate(self.steps):
                if step.get("when", "") in said:
                    return step if step.get("repeat") else self.steps.pop(place)
        return {"text": "Done."}

    def number(self):
        with self.lock:
            self.numbers += 1
            return self.numbers


class Door(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    model: FakeModel

    def log_message(self, *_):
        pass

    def do_GET(self):
        path = self.path.split("?")[0]
        if path == "/control/requests":
            with self.model.lock:
                return self.answer(200, self.model.requests)
        if path == "/control/state":
            return self.answer(200, self.model.state)
        if path.endswith("/models"):
            models = [{"id": "fake", "object": "model", "created": 0, "owned_by": "nobody"}]
            return self.answer(200, {"object": "list", "data": models})
        self.refuse(404, "no such path", "invalid_request_error")

    def do_PUT(self):
        self.do_POST()

    def do_POST(self):
        raw = self.rfile.read(int(self.headers.get("content-length") or 0))
        path = self.path.split("?")[0]
        try:
            body = json.loads(raw) if raw else None
        except ValueError:
            return self.refuse(400, "the body is no JSON", "invalid_request_error")
        if path == "/control/reset":
            self.model.script([])
            return self.answer(200, {})
        if path == "/control/script":
            with self.model.lock:
                self.model.steps = body if self.command == "PUT" else self.model.steps + body
                return self.answer(200, {"left": len(self.model.steps)})
        for end, dialect in (("/chat/completions", ChatCompletions), ("/responses", Responses)):
            if path.endswith(end):
                return self.call(body, dialect)
        self.refuse(404, "no such path", "invalid_request_error")

    def call(self, body, dialect):
        headers = {name.lower(): value for name, value in self.headers.items()}
        with self.model.lock:
            self.model.requests.append({"path": self.path, "headers": headers, "body": body})
        key = self.model.key
        if key and key not in (headers.get("authorization", "")[len("Bearer "):], headers.get("api-key")):
            return self.refuse(401, "Incorrect API key provided", "invalid_request_error", code="invalid_api_key")
        if fault := dialect.fault(body):
            return self.refuse(400, fault, "invalid_request_error", param=dialect.input)
        step = self.model.take(body)
        try:
            self.wait(step.get("delay", 0))
            self.perform(step, body, dialect)
        except (Gone, BrokenPipeError, ConnectionResetError):
            with self.model.lock:
                self.model.cancelled += 1
            self.close_connection = True

    def perform(self, step, body, dialect):
        if "transcript" in step:
            self.replay(step)
        elif "status" in step:
            error = step.get("error", {"message": "scripted", "type": "server_error", "param": None, "code": None})
            self.answer(step["status"], step.get("body", {"error": error}), step.get("headers", {}))
        elif step.get("silence") or body.get("stream"):
            self.stream(step, list(dialect(self.model, body, step).events()))
        else:
            self.answer(200, dialect(self.model, body, step).whole())

    def stream(self, step, events):
        self.begin("text/event-stream")
        if step.get("silence"):
            self.send_piece(b": thinking\n\n")
            self.wait(3600)
        # Half of what is to come, and of the event in the middle of it.
        middle = len(events) // 2
        for place, event in enumerate(events):
            if step.get("cut") and place == middle:
                self.send_piece(event[: len(event) // 2])
                self.close_connection = True
                return self.connection.shutdown(socket.SHUT_RDWR)
            self.send_piece(event)
            self.wait(step.get("pause", 0))
        self.send_piece(b"")

    def replay(self, step):
        name = step["transcript"]
        (file,) = TRANSCRIPTS.glob(f"{name}.*")
        data = file.read_bytes()
        if file.suffix == ".json":
            return self.answer(200, data.decode())
        if file.suffix == ".http":
            head, _, body = data.partition(b"\n\n")
            status, *fields = head.decode().splitlines()
            headers = dict(field.split(": ", 1) for field in fields)
            return self.answer(int(status), body.decode(), headers)
        self.begin("text/event-stream")
        for place in range(0, len(data), 40):
            self.send_piece(data[place : place + 40])
            self.wait(step.get("pause", 0))
        self.send_piece(b"")

    def begin(self, kind):
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()

    def send_piece(self, data):
        """A piece of a chunked body; an empty one is the end."""
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()

    def answer(self, status, body, headers=()):
        data = (body if isinstance(body, str) else json.dumps(body)).encode()
        headers = {"content-type": "application/json", **dict(headers)}
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def refuse(self, status, message, kind, param=None, code=None):
        self.answer(status, {"error": {"message": message, "type": kind, "param": param, "code": code}})

    def wait(self, seconds):
        """Waits, unless the client goes meanwhile."""
        readable, _, _ = select.select([self.connection], [], [], seconds)
        if readable and not self.connection.recv(1, socket.MSG_PEEK):
            raise Gone
        if readable:
            time.sleep(seconds)


class Dialect:
    """What one step is in one dialect."""

    def __init__(self, model, body, step):
        self.body, self.step = body, step
        self.size = step.get("piece", 7)
        self.id = model.number()
        usage = step.get("usage", {})
        self.tokens_in, self.tokens_out = usage.get("input", 20), usage.get("output", 10)
        self.calls = []
        for call in step.get("calls", []):
            arguments = call.get("arguments", {})
            text = arguments if isinstance(arguments, str) else json.dumps(arguments)
            self.calls.append((call.get("id") or f"call_{model.number()}", call["name"], text))
        self.finish = step.get("finish", "tool_calls" if self.calls else "stop")

    def pieces(self, text):
        return [text[place : place + self.size] for place in range(0, len(text), self.size)]


class ChatCompletions(Dialect):
    input = "messages"

    @staticmethod
    def fault(body):
        messages = (body or {}).get("messages")
        if not isinstance(messages, list) or not messages:
            return "messages: at least one is needed"
        if any(message["role"] in ("system", "developer") for message in messages[1:]):
            return "messages: the system message comes first, and once"
        waiting = []
        for message in messages:
            if "content" not in message:
                return "messages: content is needed"
            if message["role"] == "tool":
                if not waiting or message.get("tool_call_id") != waiting.pop(0):
                    return "messages: a tool message answers no call, or not in order"
                continue
            if waiting:
                return "messages: 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'"
            waiting = [call["id"] for call in message.get("tool_calls", [])]
        if waiting:
            return "messages: 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'"
        return tool_fault(tool["function"] for tool in body.get("tools", []))

    def chunk(self, delta=None, finish=None, usage=None):
        choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": finish}]
        chunk = {
            "id": f"chatcmpl-{self.id}", "object": "chat.completion.chunk", "created": 0,
            "model": self.body.get("model", ""), "choices": choices,
        }
        if usage:
            chunk["usage"] = usage
        return b"data: " + json.dumps(chunk).encode() + b"\n\n"

    @property
    def usage(self):
        return {
            "prompt_tokens": self.tokens_in, "completion_tokens": self.tokens_out,
            "total_tokens": self.tokens_in + self.tokens_out,
        }

    def events(self):
        yield self.chunk({"role": "assistant", "content": ""})
        for piece in self.pieces(self.step.get("thinking", "")):
            yield self.chunk({"reasoning_content": piece})
        for piece in self.pieces(self.step.get("text", "")):
            yield self.chunk({"content": piece})
        for index, (id, name, arguments) in enumerate(self.calls):
            function = {"name": name, "arguments": ""}
            yield self.chunk({"tool_calls": [{"index": index, "id": id, "type": "function", "function": function}]})
            for piece in self.pieces(arguments):
                yield self.chunk({"tool_calls": [{"index": index, "function": {"arguments": piece}}]})
        yield self.chunk({}, self.finish)
        if (self.body.get("stream_options") or {}).get("include_usage"):
            yield self.chunk(usage=self.usage)
        yield b"data: [DONE]\n\n"

    def whole(self):
        message = {"role": "assistant", "content": self.step.get("text", None if self.calls else ""), "refusal": None}
        if self.calls:
            message["tool_calls"] = [
                {"id": id, "type": "function", "function": {"name": name, "arguments": arguments}}
                for id, name, arguments in self.calls
            ]
        return {
            "id": f"chatcmpl-{self.id}", "object": "chat.completion", "created": 0,
            "model": self.body.get("model", ""), "usage": self.usage,
            "choices": [{"index": 0, "message": message, "finish_reason": self.finish, "logprobs": None}],
        }


class Responses(Dialect):
    input = "input"

    @staticmethod
    def fault(body):
        items = (body or {}).get("input")
        if not isinstance(items, (list, str)) or not items:
            return "input: at least one item is needed"
        called, answered = [], []
        for item in items if isinstance(items, list) else []:
            if item.get("type") == "function_call":
                called.append(item["call_id"])
            if item.get("type") == "function_call_output":
                if item["call_id"] not in called:
                    return "input: no function call for a function call output"
                answered.append(item["call_id"])
        if sorted(called) != sorted(answered):
            return "input: no tool output found for a function call"
        return tool_fault(body.get("tools", []))

    def items(self):
        if "thinking" in self.step:
            item = {"id": f"rs_{self.id}", "type": "reasoning", "summary": []}
            if "reasoning.encrypted_content" in (self.body.get("include") or []):
                item["encrypted_content"] = f"sealed-{self.id}"
            yield item
        if self.step.get("text") or not self.calls:
            part = {"type": "output_text", "text": self.step.get("text", ""), "annotations": []}
            yield {
                "id": f"msg_{self.id}", "type": "message", "role": "assistant", "status": "completed",
                "content": [part],
            }
        for place, (id, name, arguments) in enumerate(self.calls):
            yield {
                "id": f"fc_{self.id}_{place}", "type": "function_call", "call_id": id, "name": name,
                "arguments": arguments, "status": "completed",
            }

    def response(self, status, output):
        reason = {"length": "max_output_tokens", "content_filter": "content_filter"}.get(self.finish)
        usage = {
            "input_tokens": self.tokens_in, "input_tokens_details": {"cached_tokens": 0},
            "output_tokens": self.tokens_out, "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": self.tokens_in + self.tokens_out,
        }
        return {
            "id": f"resp_{self.id}", "object": "response", "created_at": 0, "status": status, "error": None,
            "incomplete_details": {"reason": reason} if status == "incomplete" else None,
            "instructions": self.body.get("instructions"), "model": self.body.get("model", ""), "output": output,
            "parallel_tool_calls": True, "tool_choice": "auto", "tools": self.body.get("tools", []),
            "usage": None if status == "in_progress" else usage, "metadata": {}, "store": False,
        }

    @property
    def ending(self):
        return "incomplete" if self.finish in ("length", "content_filter") else "completed"

    def whole(self):
        return self.response(self.ending, list(self.items()))

    def events(self):
        for number, event in enumerate(self.bare_events()):
            event["sequence_number"] = number
            yield f"event: {event['type']}\ndata: {json.dumps(event)}\n\n".encode()

    def bare_events(self):
        yield {"type": "response.created", "response": self.response("in_progress", [])}
        yield {"type": "response.in_progress", "response": self.response("in_progress", [])}
        for index, item in enumerate(self.items()):
            at = {"output_index": index, "item_id": item["id"]}
            if item["type"] == "message":
                yield from self.message_events(item, at)
            else:
                started = {**item, "status": "in_progress"} if "status" in item else item
                if item["type"] == "function_call":
                    started["arguments"] = ""
                yield {"type": "response.output_item.added", "output_index": index, "item": started}
                if item["type"] == "function_call":
                    for piece in self.pieces(item["arguments"]):
                        yield {"type": "response.function_call_arguments.delta", **at, "delta": piece}
                    done = {"name": item["name"], "arguments": item["arguments"]}
                    yield {"type": "response.function_call_arguments.done", **at, **done}
            yield {"type": "response.output_item.done", "output_index": index, "item": item}
        yield {"type": f"response.{self.ending}", "response": self.whole()}

    def message_events(self, item, at):
        (part,) = item["content"]
        started = {**item, "status": "in_progress", "content": []}
        inside = {**at, "content_index": 0}
        yield {"type": "response.output_item.added", "output_index": at["output_index"], "item": started}
        yield {"type": "response.content_part.added", **inside, "part": {**part, "text": ""}}
        for piece in self.pieces(part["text"]):
            yield {"type": "response.output_text.delta", **inside, "delta": piece, "logprobs": []}
        yield {"type": "response.output_text.done", **inside, "text": part["text"], "logprobs": []}
        yield {"type": "response.content_part.done", **inside, "part": part}


def tool_fault(tools):
    for tool in tools:
        if not TOOL_NAME.fullmatch(tool["name"]):
            return f"tools: {tool['name']} is no name"
        if tool["parameters"].get("type") != "object":
            return f"tools: the parameters of {tool['name']} are no object"
    return None


def last_said(body):
    """The last message of the user."""
    items = body.get("messages") or body.get("input") or []
    if isinstance(items, str):
        return items
    for item in reversed(items):
        if item.get("role") == "user":
            content = item["content"]
            return content if isinstance(content, str) else "".join(part.get("text", "") for part in content)
    return ""


def main(arguments):
    named = {}
    while len(arguments) > 1 and arguments[-2] in ("--script", "--key"):
        value = arguments.pop()
        named[arguments.pop()] = value
    if len(arguments) > 1 or not all(argument.isdigit() for argument in arguments):
        sys.exit(__doc__)
    steps = json.loads(pathlib.Path(named["--script"]).read_text()) if "--script" in named else []
    model = FakeModel(int(arguments[0]) if arguments else 0, steps, named.get("--key"))
    print(model.url, flush=True)
    model.server.serve_forever()


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        pass
