#!/usr/bin/env python3
"""What `GET /api/v1/live` promises, seen from outside: who may follow, what they are told, who is dropped.

    scripts/with-server .build-tools/venv/bin/python Tests/Contract/live.py

Exits with 1 when a promise was not kept.
"""

import asyncio
import json
import os
import secrets
import socket
import sys
import time
import urllib.error
import urllib.request

import websockets

BASE = os.environ.get("ERRAND_BASE_URL", "http://localhost:8080").rstrip("/")
LIVE = BASE.replace("http", "ws", 1) + "/api/v1/live"


def call(method, path, body=None, token=None, headers=None):
    request = urllib.request.Request(BASE + path, None if body is None else json.dumps(body).encode(), method=method)
    request.add_header("Content-Type", "application/json")
    if token:
        request.add_header("Authorization", "Bearer " + token)
    for name, value in (headers or {}).items():
        request.add_header(name, value)
    with urllib.request.urlopen(request, timeout=20) as response:
        raw = response.read()
        return json.loads(raw) if raw else None


def refused(path, token=None, accept="text/event-stream"):
    """The status of a stream that is not to be opened."""
    try:
        headers = {"Accept": accept, **({"Authorization": "Bearer " + token} if token else {})}
        with urllib.request.urlopen(urllib.request.Request(BASE + path, headers=headers), timeout=10) as stream:
            raise AssertionError(f"accepted with {stream.status}")
    except urllib.error.HTTPError as refusal:
        return refusal.code


def sign_up():
    form = {"email": f"live-{secrets.token_hex(6)}@example.org", "password": secrets.token_urlsafe(18), "time_zone": "UTC"}
    return call("POST", "/api/v1/auth/sign-up", form)["access_token"]


async def add(token, title="Task"):
    return await asyncio.to_thread(call, "POST", "/api/v1/tasks", {"title": title}, token)


def connect(token=None, **options):
    headers = {"Authorization": "Bearer " + token} if token else {}
    return websockets.connect(LIVE, additional_headers=headers, max_size=None, **options)


async def frame(window, timeout=5):
    return json.loads(await asyncio.wait_for(window.recv(), timeout))


async def closing_code(window, timeout):
    try:
        async with asyncio.timeout(timeout):
            while True:
                await window.recv()
    except websockets.ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else None


async def tells_what_happens():
    token, stranger = sign_up(), sign_up()
    async with connect(token) as window, connect(stranger) as other:
        # A sign-up is two events: the account and its first session.
        assert await frame(window) == {"type": "hello", "cursor": 2}
        await frame(other)
        task = await add(token, "One")
        call("POST", f"/api/v1/tasks/{task['id']}/complete", {}, token)
        call("DELETE", f"/api/v1/tasks/{task['id']}", None, token)
        frames = [await frame(window) for _ in range(3)]
        assert [f["cursor"] for f in frames] == [3, 4, 5]
        assert [f["event_type"] for f in frames] == ["task.created", "task.completed", "task.deleted"]
        assert frames[0]["task"]["title"] == "One" and frames[1]["changes"]["completed_at"]["from"] is None
        await add(stranger, "Theirs")
        assert (await frame(other))["task"]["title"] == "Theirs"
        try:
            raise AssertionError(f"told of a stranger's task: {await frame(window, 0.5)}")
        except asyncio.TimeoutError:
            pass


async def goes_on_after_a_gap():
    token = sign_up()
    for number in range(450):
        await add(token, f"Task {number}")
    async with connect(token) as window:
        assert await frame(window) == {"type": "hello", "cursor": 452}
        await window.send(json.dumps({"type": "resume", "cursor": 7}))
        assert [(await frame(window))["cursor"] for _ in range(445)] == list(range(8, 453))
        await window.send(json.dumps({"type": "resume", "cursor": 9999}))
        assert await frame(window) == {"type": "reset"}
        assert await frame(window) == {"type": "hello", "cursor": 452}


async def checks_who_follows():
    token = sign_up()
    async with connect() as window:
        await window.send(json.dumps({"type": "auth", "token": token}))
        assert (await frame(window))["type"] == "hello"
    async with connect() as window:
        await window.send(json.dumps({"type": "auth", "token": "nonsense"}))
        assert await closing_code(window, 5) == 4401
    async with connect() as window:
        await window.send(json.dumps({"type": "resume", "cursor": 0}))
        assert await closing_code(window, 5) == 4401
    async with connect(token) as window:
        await window.send(json.dumps({"type": "auth", "token": sign_up()}))
        assert await closing_code(window, 5) == 4401, "a window does not change its user"
    async with connect(token) as window:
        await window.send(json.dumps({"type": "dance"}))
        assert await closing_code(window, 5) == 4400
    writer = call("POST", "/api/v1/me/tokens", {"name": "w", "scopes": ["tasks:write"]}, token)["token"]
    async with connect() as window:
        await window.send(json.dumps({"type": "auth", "token": writer}))
        assert await closing_code(window, 5) == 4403
    for headers in ({"Authorization": "Bearer " + token, "Origin": "https://elsewhere.example"},):
        async with websockets.connect(LIVE, additional_headers=headers) as window:
            assert (await frame(window))["type"] == "hello", "with a header the origin does not count"
    try:
        cookie = {"Cookie": "errand_access=" + token, "Origin": "https://elsewhere.example"}
        async with websockets.connect(LIVE, additional_headers=cookie):
            raise AssertionError("a stranger's page may use the cookie")
    except websockets.InvalidStatus as refusal:
        assert refusal.response.status_code in (403, 406), refusal


async def notices_lost_credentials():
    token = sign_up()
    made = call("POST", "/api/v1/me/tokens", {"name": "r", "scopes": ["tasks:read"]}, token)
    async with connect(made["token"]) as window, connect(token) as session, connect() as nobody:
        await frame(window)
        await frame(session)
        call("DELETE", f"/api/v1/me/tokens/{made['id']}", None, token)
        codes = asyncio.gather(closing_code(window, 20), closing_code(nobody, 20))
        assert await codes == [4401, 4401], "a revoked token, and a window that never said who it is"
        call("POST", "/api/v1/auth/sign-out", {}, token)


async def limits_windows():
    token = sign_up()
    windows = [await connect(token) for _ in range(20)]
    try:
        for window in windows:
            await frame(window)
        async with connect(token) as window:
            assert await closing_code(window, 5) == 4429
        assert refused("/api/v1/live", token) == 429, "streams count too"
        await windows.pop().close()
        await asyncio.sleep(0.2)
        async with connect(token) as window:
            assert (await frame(window))["type"] == "hello"
    finally:
        for window in windows:
            await window.close()


async def drops_only_the_slow():
    token = sign_up()
    host, port = BASE.split("//")[1].split(":")
    slow = socket.create_connection((host, int(port)))
    slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
    slow.sendall(
        (
            f"GET /api/v1/live HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            f"Authorization: Bearer {token}\r\n\r\n"
        ).encode()
    )
    async with connect(token) as window:
        await frame(window)
        text = "x" * 16_000
        for start in range(0, 1200, 100):
            commands = [{"id": str(i), "op": "create", "args": {"title": str(i), "description": text}} for i in range(100)]
            await asyncio.to_thread(call, "POST", "/api/v1/tasks/batch", {"commands": commands[:50]}, token)
            await asyncio.to_thread(call, "POST", "/api/v1/tasks/batch", {"commands": commands[50:]}, token)
            got = [(await frame(window))["cursor"] for _ in range(100)]
            assert got == list(range(start + 3, start + 103)), "the other window is told everything"
    slow.settimeout(15)
    read = 0
    while True:
        piece = slow.recv(1 << 20)
        if not piece:
            break
        read += len(piece)
    slow.close()
    assert read < 1200 * 16_000, "the slow one was dropped"


async def streams_events():
    token = sign_up()
    await add(token)
    await add(token)

    def read():
        request = urllib.request.Request(BASE + "/api/v1/live?cursor=2")
        request.add_header("Authorization", "Bearer " + token)
        request.add_header("Accept", "text/event-stream")
        lines = []
        with urllib.request.urlopen(request, timeout=10) as stream:
            while len([line for line in lines if line.startswith("data:")]) < 4:
                lines.append(stream.readline().decode().rstrip("\n"))
        return lines

    reading = asyncio.create_task(asyncio.to_thread(read))
    await asyncio.sleep(0.5)
    await add(token)
    lines = await reading
    assert [line for line in lines if line.startswith(("id:", "event:"))] == [
        "id: 2", "event: hello", "id: 3", "event: event", "id: 4", "event: event", "id: 5", "event: event",
    ], lines
    assert refused("/api/v1/live") == 401
    assert refused("/api/v1/live", token, "application/json") == 406
    for query in ("cursor=-1", "cursor=x", "odd=1"):
        assert refused(f"/api/v1/live?{query}", token) == 422, query


async def is_fast(windows=50, changes=200):
    token = sign_up()
    opened = [await connect(token) for _ in range(min(windows, 19))]
    for window in opened:
        await frame(window)
    delays = []
    for number in range(changes):
        start = time.perf_counter()
        await add(token, f"Task {number}")
        await asyncio.gather(*(window.recv() for window in opened))
        delays.append((time.perf_counter() - start) * 1000)
    for window in opened:
        await window.close()
    delays.sort()
    p50, p99 = delays[len(delays) // 2], delays[len(delays) * 99 // 100]
    print(f"      from the request to the last of {len(opened)} windows: p50 {p50:.1f} ms, p99 {p99:.1f} ms")
    assert p99 < 100, p99


async def main():
    failures = 0
    for case in (
        tells_what_happens, goes_on_after_a_gap, checks_who_follows, notices_lost_credentials, limits_windows,
        drops_only_the_slow, streams_events, is_fast,
    ):
        name, began = case.__name__.replace("_", " "), time.monotonic()
        try:
            await case()
            print(f"ok    {name} ({time.monotonic() - began:.1f} s)", flush=True)
        except Exception as error:
            failures += 1
            print(f"FAIL  {name}: {type(error).__name__} {error}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
