#!/usr/bin/env python3
"""Lets the client of PyPI openai talk with the scripted model server, so that the script is what real servers say.

    .build-tools/venv-agents/bin/python Tests/Chat/openai_client_test.py
"""

import json
import time
import urllib.request

import openai

from fake_model import FakeModel

TEXT = "Grüße — two tasks are due: 买牛奶 🥛."
CALLS = [
    {"name": "add_task", "arguments": {"title": "Milk", "tags": ["shop"]}, "id": "call_a"},
    {"name": "list_tasks", "arguments": {}, "id": "call_b"},
]
STEP = {"text": TEXT, "calls": CALLS, "thinking": "Hm.", "usage": {"input": 9, "output": 4}}
WRITTEN = [(call["id"], call["name"], call["arguments"]) for call in CALLS]
PARAMETERS = {"type": "object", "properties": {"title": {"type": "string"}}}
SAID = [{"role": "user", "content": "what is due?"}]
CHAT_TOOLS = [{"type": "function", "function": {"name": "add_task", "parameters": PARAMETERS}}]
TOOLS = [{"type": "function", "name": "add_task", "parameters": PARAMETERS, "strict": False}]

checks = 0


def check(is_right, what):
    global checks
    checks += 1
    assert is_right, what


def client(fake, **options):
    return openai.OpenAI(base_url=fake.url, api_key=options.pop("api_key", "key"), **{"max_retries": 0, **options})


def chat_calls(message):
    return [(call.id, call.function.name, json.loads(call.function.arguments)) for call in message.tool_calls or []]


def response_calls(response):
    return [
        (item.call_id, item.name, json.loads(item.arguments))
        for item in response.output
        if item.type == "function_call"
    ]


def chat(fake):
    for piece in (1, 7, 1000):
        fake.script([{**STEP, "piece": piece}])
        with client(fake).chat.completions.stream(
            model="m", messages=SAID, tools=CHAT_TOOLS, stream_options={"include_usage": True}
        ) as stream:
            told = "".join(event.delta for event in stream if event.type == "content.delta")
            whole = stream.get_final_completion()
        choice = whole.choices[0]
        check(told == TEXT and choice.message.content == TEXT, told)
        check(chat_calls(choice.message) == WRITTEN, choice)
        check(choice.finish_reason == "tool_calls" and whole.usage.total_tokens == 13, whole)
    fake.script([{"text": TEXT}, {"calls": CALLS}, {"text": "Half", "finish": "length"}])
    create = client(fake).chat.completions.create
    check(create(model="m", messages=SAID).choices[0].message.content == TEXT, "in one piece")
    check(chat_calls(create(model="m", messages=SAID).choices[0].message) == WRITTEN, "calls in one piece")
    check(create(model="m", messages=SAID).choices[0].finish_reason == "length", "too long")
    check(create(model="m", messages=SAID).choices[0].message.content == "Done.", "the script is over")


def responses(fake):
    for piece in (1, 7, 1000):
        fake.script([{**STEP, "piece": piece}])
        with client(fake).responses.stream(
            model="m", input=SAID, tools=TOOLS, store=False, include=["reasoning.encrypted_content"]
        ) as stream:
            told = "".join(event.delta for event in stream if event.type == "response.output_text.delta")
            whole = stream.get_final_response()
        check(told == TEXT and whole.output_text == TEXT, told)
        check(response_calls(whole) == WRITTEN, whole)
        check(whole.usage.total_tokens == 13 and whole.status == "completed", whole)
        check(whole.output[0].type == "reasoning" and whole.output[0].encrypted_content.startswith("sealed"), whole)
    # The next step: everything that was said, with thoughts, calls and results.
    said = SAID + [item.model_dump(exclude_none=True) for item in whole.output]
    said += [{"type": "function_call_output", "call_id": call["id"], "output": "{}"} for call in CALLS]
    fake.script([{"text": "Both done."}, {"text": "Half", "finish": "length"}])
    check(client(fake).responses.create(model="m", input=said, store=False).output_text == "Both done.", "next step")
    half = client(fake).responses.create(model="m", input=SAID)
    check(half.status == "incomplete" and half.incomplete_details.reason == "max_output_tokens", half)


def histories(fake):
    """What a careful server refuses."""
    call = {"id": "c", "type": "function", "function": {"name": "a", "arguments": "{}"}}
    asks = {"role": "assistant", "content": "", "tool_calls": [call]}
    result = {"role": "tool", "tool_call_id": "c", "content": "{}"}
    create = client(fake).chat.completions.create
    fake.script([])
    check(create(model="m", messages=SAID + [asks, result]).choices, "a whole history")
    late = {"role": "system", "content": "x"}
    for messages in ([], SAID + [asks], SAID + [result], SAID + [asks, *SAID], SAID + [late]):
        try:
            create(model="m", messages=messages)
            check(False, messages)
        except openai.BadRequestError as error:
            check(error.param == "messages", error)
    try:
        create(model="m", messages=SAID, tools=[{"type": "function", "function": {"name": "a.b", "parameters": {}}}])
        check(False, "a name with a dot")
    except openai.BadRequestError:
        pass
    item = {"type": "function_call", "call_id": "c", "name": "a", "arguments": "{}"}
    try:
        client(fake).responses.create(model="m", input=SAID + [item])
        check(False, "a call without its result")
    except openai.BadRequestError as error:
        check(error.param == "input", error)


def errors(fake):
    error = {"message": "slow", "code": "rate_limit_exceeded"}
    limit = {"status": 429, "headers": {"retry-after-ms": "40"}, "error": error}
    fake.script([limit, limit, {"text": TEXT}])
    start = time.monotonic()
    answer = client(fake, max_retries=2).chat.completions.create(model="m", messages=SAID)
    check(answer.choices[0].message.content == TEXT and time.monotonic() - start > 0.07, "429 is tried again")
    counts = [request["headers"]["x-stainless-retry-count"] for request in fake.requests]
    check(counts == ["0", "1", "2"], counts)
    for step, kind, code in [
        (limit, openai.RateLimitError, "rate_limit_exceeded"),
        ({"transcript": "429-quota"}, openai.RateLimitError, "insufficient_quota"),
        ({"transcript": "400-max-tokens"}, openai.BadRequestError, "unsupported_parameter"),
        ({"transcript": "404-no-model"}, openai.NotFoundError, None),
        ({"transcript": "503-loading"}, openai.InternalServerError, 503),
        ({"status": 500, "body": "<html>"}, openai.InternalServerError, None),
    ]:
        fake.script([step])
        try:
            client(fake).chat.completions.create(model="m", messages=SAID)
            check(False, step)
        except kind as error:
            check(error.code in (code, str(code)) or error.code is code is None, f"{error.code} of {error}")
    fake.script([{"transcript": "error-inside-stream"}])
    try:
        list(client(fake).chat.completions.create(model="m", messages=SAID, stream=True))
        check(False, "an error in a stream")
    except openai.APIError as error:
        check("overloaded" in str(error), error)
    fake.script([{"text": TEXT * 20, "cut": True}])
    told, failure = "", None
    try:
        for chunk in client(fake).chat.completions.create(model="m", messages=SAID, stream=True):
            told += chunk.choices[0].delta.content or ""
    except Exception as error:
        failure = error
    check(failure is not None and 0 < len(told) < len(TEXT * 20), f"a stream that breaks off: {failure}")


def transcripts(fake):
    """Those that follow the standard are read by this client as by ours."""
    fake.script([{"transcript": name} for name in ("openai-fragments", "azure-empty-first-chunk", "crlf-and-comments")])
    create = client(fake).chat.completions.create
    names = [
        call.function.name
        for chunk in create(model="m", messages=SAID, stream=True)
        for choice in chunk.choices
        for call in choice.delta.tool_calls or []
        if call.function.name
    ]
    check(names == ["add_task", "list_tasks"], names)
    for expected in ("Two tasks are due.", "Two tasks."):
        chunks = list(create(model="m", messages=SAID, stream=True))
        text = "".join(choice.delta.content or "" for chunk in chunks for choice in chunk.choices)
        check(text == expected, text)
    fake.script([{"transcript": "responses-happy-path"}, {"transcript": "responses-whole-answer"}])
    with client(fake).responses.stream(model="m", input=SAID, tools=TOOLS) as stream:
        for _ in stream:
            pass
        check(response_calls(stream.get_final_response()) == [("call_1", "add_task", {"title": "Milk"})], "streamed")
    whole = client(fake).responses.create(model="m", input=SAID)
    check(response_calls(whole) == [("call_1", "add_task", {"title": "Milk"})], "whole")


def doors(fake):
    """Keys, paths, control, and clients that go."""
    locked = FakeModel(key="right")
    with locked:
        for key, is_right in (("right", True), ("wrong", False)):
            try:
                client(locked, api_key=key).chat.completions.create(model="m", messages=SAID)
                check(is_right, key)
            except openai.AuthenticationError as error:
                check(not is_right and error.code == "invalid_api_key", error)
    azure = openai.AzureOpenAI(azure_endpoint=fake.root, api_key="k", api_version="2024-10-21", max_retries=0)
    fake.script([{"text": TEXT}])
    check(azure.chat.completions.create(model="dep", messages=SAID).choices[0].message.content == TEXT, "Azure")
    check(fake.requests[-1]["path"] == "/openai/deployments/dep/chat/completions?api-version=2024-10-21", fake.requests)

    def control(method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{fake.root}/control/{path}", data, method=method)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    control("PUT", "script", [{"when": "weather", "text": "Rain.", "repeat": True}, {"text": "Yes."}])
    check(control("POST", "script", [{"text": "No."}]) == {"left": 3}, "steps are added")
    create = client(fake).chat.completions.create

    def say(text):
        answer = create(model="m", messages=[{"role": "user", "content": text}])
        return answer.choices[0].message.content

    check([say("a"), say("the weather?"), say("weather!"), say("b")] == ["Yes.", "Rain.", "Rain.", "No."], "in order")
    check(control("GET", "requests")[-1]["body"]["messages"][0]["content"] == "b", "requests are shown")
    control("PUT", "script", [{"silence": True}, {"text": TEXT * 10, "pause": 0.05}])
    for _ in range(2):
        stream = create(model="m", messages=SAID, stream=True)
        if control("GET", "state")["left"] == 0:
            next(iter(stream))
        stream.close()
    end = time.monotonic() + 10
    while control("GET", "state")["cancelled"] < 2 and time.monotonic() < end:
        time.sleep(0.02)
    check(control("GET", "state")["cancelled"] == 2, "streams whose client goes are counted")
    control("POST", "reset")
    check(control("GET", "state") == {"calls": 0, "left": 0, "cancelled": 0}, "everything is forgotten")
    check([model.id for model in client(fake).models.list()] == ["fake"], "models are listed")


with FakeModel() as fake:
    for part in (chat, responses, histories, errors, transcripts, doors):
        part(fake)
print(f"openai {openai.__version__}: {checks} checks of the scripted model server")
