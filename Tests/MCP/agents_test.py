#!/usr/bin/env python3
"""Lets an agent of PyPI openai-agents drive the MCP server. The model is a script: it says what a model would say.

    scripts/with-server .build-tools/venv-agents/bin/python Tests/MCP/agents_test.py

ERRAND_BINARY is the program to start for standard input (default .build/release/errand).
"""

import asyncio
import json
import os
import sys

from agents import Agent, ModelResponse, Runner, Usage, set_tracing_disabled
from agents.mcp import MCPServerStdio, MCPServerStreamableHttp
from agents.models.interface import Model
from openai.types.responses import ResponseFunctionToolCall, ResponseOutputMessage, ResponseOutputText

from client_test import BASE, BINARY, TOOLS, new_token

set_tracing_disabled(True)


class Script(Model):
    """Calls one tool after the other, then says it is done."""

    def __init__(self, calls):
        self.calls, self.turn = calls, 0
        self.tools, self.answers = [], []

    async def get_response(self, system_instructions, input, model_settings, tools, *rest, **named):
        self.tools = [tool.name for tool in tools]
        if self.turn:
            self.answers.append(json.loads(json.dumps(input[-1]["output"], default=str)))
        if self.turn < len(self.calls):
            name, arguments = self.calls[self.turn]
            # A model may take numbers and ids from what it has been answered.
            arguments = arguments(self.answers) if callable(arguments) else arguments
            output = ResponseFunctionToolCall(
                type="function_call", call_id=f"call_{self.turn}", name=name, arguments=json.dumps(arguments)
            )
        else:
            text = ResponseOutputText(type="output_text", text="Done.", annotations=[])
            output = ResponseOutputMessage(type="message", id="m", role="assistant", status="completed", content=[text])
        self.turn += 1
        return ModelResponse(output=[output], usage=Usage(), response_id=None)

    async def stream_response(self, *arguments, **named):
        raise NotImplementedError
        yield


def undo_of(answers):
    return {"token": json.loads(text_of(answers[-1]))["undo"]}


def text_of(answer):
    """The data of an answer, however the library hands it on."""
    if isinstance(answer, str):
        answer = json.loads(answer)
    if isinstance(answer, list):
        answer = answer[-1]
    return answer["text"] if isinstance(answer, dict) and "text" in answer else json.dumps(answer)


async def drive(server):
    script = Script([
        ("add_task", {"tasks": [{"title": "Buy milk", "due_date": "tomorrow"}, {"title": "Call Eva"}]}),
        ("list_tasks", {"status": "pending"}),
        ("complete_task", {"task_id": 1}),
        ("complete_task", {"task_id": 99}),
        ("delete_task", {"task_id": 2}),
        ("undo", undo_of),
        ("agenda", {}),
    ])
    async with server:
        agent = Agent(name="Errand", model=script, mcp_servers=[server])
        result = await Runner.run(agent, "Add milk for tomorrow and a call, then tidy up.")
    assert result.final_output == "Done."
    assert set(script.tools) == TOOLS, set(script.tools) ^ TOOLS
    answers = [json.dumps(answer) for answer in script.answers]
    assert "Buy milk" in answers[1] and "Call Eva" in answers[1], answers[1]
    assert "completed" in answers[2] and "There is no such task" in answers[3], answers[3]
    assert "undone" in answers[5] and "Call Eva" in answers[5], answers[5]


async def main():
    token = new_token()
    headers = {"Authorization": "Bearer " + token}
    await drive(MCPServerStreamableHttp(params={"url": BASE + "/mcp", "headers": headers}, client_session_timeout_seconds=30))
    environment = {**os.environ, "ERRAND_SERVER": BASE, "ERRAND_TOKEN": new_token()}
    await drive(MCPServerStdio(params={"command": BINARY, "args": ["mcp"], "env": environment}, client_session_timeout_seconds=30))
    print("openai-agents drove the server over HTTP and standard input")


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
