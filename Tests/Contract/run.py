#!/usr/bin/env python3
"""Contract test: fuzzes a running server with its own OpenAPI document.

    python3 -m venv .venv && .venv/bin/pip install -r Tests/Contract/requirements.txt
    .venv/bin/python Tests/Contract/run.py --base-url http://127.0.0.1:8080

Start the server with an empty data directory and with rate limits off or very high: a run sends several thousand
requests from one address within a few minutes, and a reply of 429 tests nothing (the run fails when there are too many).

Signs up the accounts that hooks.py describes, seeds tasks, tags and personal tokens, and runs Schemathesis over
<base-url>/openapi.json. Exits with 0 when every check held and every operation succeeded at least once, with 1 on
failures (Schemathesis prints a curl command for each), with 2 when the run could not be prepared.
"""

import argparse
import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from importlib import metadata

HERE = os.path.dirname(os.path.abspath(__file__))
ALL_SCOPES = ["tasks:read", "tasks:write", "account:read", "account:write"]
ACCOUNTS = ["main", "tokens", "leaver", "changer", "signer", "refresher", "goner", "stranger"]


class Unprepared(Exception):
    pass


class Client:
    def __init__(self, base):
        self.base = base

    def call(self, method, path, body=None, token=None, expect=(200, 201, 204)):
        """Waits out a 429; returns (body, headers)."""
        data = None if body is None else json.dumps(body).encode()
        for _ in range(6):
            request = urllib.request.Request(self.base + path, data, method=method)
            if data is not None:
                request.add_header("Content-Type", "application/json")
            if token:
                request.add_header("Authorization", "Bearer " + token)
            try:
                with urllib.request.urlopen(request, timeout=30) as response:
                    status, raw, headers = response.status, response.read(), response.headers
            except urllib.error.HTTPError as error:
                status, raw, headers = error.code, error.read(), error.headers
            except OSError as error:
                raise Unprepared(f"{method} {path}: {error}")
            if status != 429:
                break
            time.sleep(min(30, int(headers.get("Retry-After") or 1)))
        if status not in expect:
            raise Unprepared(f"{method} {path}: {status} {raw[:500].decode('utf-8', 'replace')}")
        return (json.loads(raw) if raw else None), headers


def prepare(base):
    client = Client(base)
    document, _ = client.call("GET", "/openapi.json")
    stamp = secrets.token_hex(5)
    accounts = {}
    for name in ACCOUNTS:
        email, password = f"contract-{name}-{stamp}@example.com", secrets.token_urlsafe(18)
        session, _ = client.call("POST", "/api/v1/auth/sign-up", {"email": email, "password": password, "name": name, "time_zone": "Europe/Berlin"})
        accounts[name] = {"email": email, "password": password, "session": session}
    access = {name: account["session"]["access_token"] for name, account in accounts.items()}

    def token(owner, label):
        made, _ = client.call("POST", "/api/v1/me/tokens", {"name": label, "scopes": ALL_SCOPES}, access[owner])
        return made

    tasks, undo = [], []
    for index in range(24):
        body = {
            "title": f"Seed {index} milk Müller",
            "description": "- [ ] *one*\n\tand two",
            "priority": ["low", "medium", "high", "urgent"][index % 4],
            "tags": [["home", "Work", "errands", "naïve café"][index % 4], f"t{index % 7}"],
            "completed": index % 5 == 0,
        }
        body.update([
            {},
            {"due": {"kind": "date", "date": f"2026-{index % 12 + 1:02}-28"}},
            {"due": {"kind": "floating", "date": "2026-03-29", "time": "02:30"}},
            {"due": {"kind": "zoned", "date": "2026-10-25", "time": "02:30:30", "time_zone": "Europe/Berlin"}},
            {"due_date": "2026-06-01T12:00:00+02:00"},
        ][index % 5])
        made, headers = client.call("POST", "/api/v1/tasks", body, access["main"])
        # People say the number, programs the id: both are seeded. Some tasks start in the trash, to be restored.
        tasks.append(made["number"] if index % 3 == 0 else made["id"])
        if headers.get("Errand-Undo"):
            undo.append(headers["Errand-Undo"])
        if index >= 22:
            client.call("DELETE", f"/api/v1/tasks/{made['id']}", None, access["main"])
    # Tasks that come again can be skipped and ended.
    recurring = []
    for index in range(6):
        body = {"title": f"Come again {index}", "due": {"kind": "date", "date": "2026-12-01"}, "recurrence": {"rrule": "FREQ=DAILY"}}
        recurring.append(client.call("POST", "/api/v1/tasks", body, access["main"])[0]["id"])
    # A reminder that has fired can be snoozed.
    soon = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 2))
    made, _ = client.call("POST", "/api/v1/tasks", {"title": "Remind me", "reminders": [{"at": soon}]}, access["main"])
    fired = made["reminders"][0]["id"]
    for index in range(12):
        client.call("POST", "/api/v1/tasks", {"title": f"Remind {index}", "reminders": [{"at": soon}]}, access["main"])
    for _ in range(50):
        if client.call("GET", f"/api/v1/tasks/{made['id']}", None, access["main"])[0]["reminder_at"] is None:
            break
        time.sleep(0.1)
    for _ in range(50):
        notifications = client.call("GET", "/api/v1/notifications", None, access["main"])[0]["items"]
        if len(notifications) == 13:
            break
        time.sleep(0.1)
    # Of an account to which nothing happens: an address to be verified, and a webhook that no call leaves for.
    places = {"email": {"address": "work@example.com"}, "webhook": {"url": "https://localhost:1/hook"}}
    channels = {
        kind: client.call("POST", "/api/v1/notifications/channels", {"kind": kind} | place, access["tokens"])[0]["id"]
        for kind, place in places.items()
    }
    filters = [
        client.call("POST", "/api/v1/filters", {"name": f"F{i}", "expression": "#home & p1"}, access["main"])[0]["id"]
        for i in range(6)
    ]
    feeds = [
        client.call("POST", "/api/v1/me/feeds", {"name": f"Feed {i}"}, access["tokens"])[0]["id"] for i in range(4)
    ]
    feed, _ = client.call("POST", "/api/v1/me/feeds", {"name": "Read again and again"}, access["main"])
    secret = "secret-" + secrets.token_hex(12)
    stranger = [client.call("POST", "/api/v1/tasks", {"title": f"{secret} {i}", "tags": [secret]}, access["stranger"])[0]["id"] for i in range(3)]
    return document, {
        "base_url": base,
        "accounts": accounts,
        "personal_token": token("main", "contract run")["token"],
        "tokens": [token("tokens", f"to be revoked {i}")["id"] for i in range(4)],
        "tasks": tasks,
        "recurring": recurring,
        "tags": ["home", "Work", "errands", "naïve café", "T3"],
        "undo": undo,
        "fired_reminder": fired,
        "notifications": [notification["id"] for notification in notifications],
        "channels": channels,
        "filters": filters,
        "feeds": feeds,
        "feed_secret": feed["url"].rsplit("/", 1)[1].removesuffix(".ics"),
        "stranger_tasks": stranger,
        "stranger_secret": secret,
    }


def report(document, path, options):
    """Prints what the server answered; returns complaints about runs that tested too little."""
    try:
        with open(path, encoding="utf-8") as file:
            seen = json.load(file)
    except OSError:
        return ["Schemathesis ended before it wrote its account."]
    complaints, total, limited = [], 0, 0
    print("\nReplies per operation")
    for path_item in document["paths"].values():
        for operation in path_item.values():
            if not isinstance(operation, dict) or "operationId" not in operation:
                continue
            name = operation["operationId"]
            if name == "live":
                continue
            if name == "readConversation":
                # Nothing over HTTP begins a conversation, so there is none to be read.
                continue
            mailed = name in ("resetPassword", "verifyEmail")
            counts = {int(status): n for status, n in seen.get(name, {}).items()}
            total += sum(counts.values())
            limited += counts.get(429, 0)
            good = sum(n for status, n in counts.items() if status < 300)
            print(f"  {name:<18}{sum(counts.values()):>6}   " + "  ".join(f"{s}:{n}" for s, n in sorted(counts.items())))
            if options.include and name not in options.include:
                continue
            if not counts:
                complaints.append(f"{name} was never called.")
            elif not good and not mailed:
                # Nobody reads mails here, so there are no links; Tests/Mail uses some.
                complaints.append(f"{name} never succeeded, so its good replies were not checked.")
    print(f"  {'in all':<18}{total:>6}")
    if limited > 0.05 * max(total, 1):
        complaints.append(f"{limited} of {total} replies were 429: raise the server's rate limits for this run.")
    return complaints


def main():
    parser = argparse.ArgumentParser(description="Fuzzes a running server with its own OpenAPI document.")
    parser.add_argument("--base-url", default=os.environ.get("ERRAND_BASE_URL", "http://127.0.0.1:8080"))
    parser.add_argument("--max-examples", type=int, default=120, help="examples per operation and phase (default 120)")
    parser.add_argument("--max-time", type=int, help="end after so many seconds")
    parser.add_argument("--seed", type=int, default=20260115, help="seed of the random data")
    parser.add_argument("--phases", default="examples,coverage,fuzzing,stateful", help="phases of Schemathesis")
    parser.add_argument("--include", action="append", metavar="OPERATION_ID", help="only this operation; may be repeated")
    parser.add_argument("--report", help="write a JUnit report to this file")
    options = parser.parse_args()
    base = options.base_url.rstrip("/")

    with open(os.path.join(HERE, "requirements.txt"), encoding="utf-8") as file:
        pinned = dict(line.split("==") for line in file.read().split())["schemathesis"]
    try:
        installed = metadata.version("schemathesis")
    except metadata.PackageNotFoundError:
        installed = None
    if installed != pinned:
        print(f"schemathesis {pinned} is needed, found {installed}: pip install -r requirements.txt", file=sys.stderr)
        return 2

    with tempfile.TemporaryDirectory(prefix="errand-contract-") as folder:
        try:
            document, state = prepare(base)
        except Unprepared as error:
            print(f"Cannot prepare the run: {error}", file=sys.stderr)
            return 2
        state["seen"] = os.path.join(folder, "seen.json")
        state_file = os.path.join(folder, "state.json")
        with open(state_file, "w", encoding="utf-8") as file:
            json.dump(state, file)
        os.chmod(state_file, 0o600)
        environment = dict(
            os.environ,
            ERRAND_CONTRACT_STATE=state_file,
            ERRAND_CONTRACT_HOOKS=os.path.join(HERE, "hooks.py"),
            PYTHONDONTWRITEBYTECODE="1",
            PYTHONHASHSEED="0",
        )
        command = [
            sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()",
            "--config-file", os.path.join(HERE, "schemathesis.toml"),
            "run", base + "/openapi.json", "--url", base,
            # A stream that never ends; websocket_protocol.py and live.py look at it.
            "--exclude-operation-id", "live",
            "--seed", str(options.seed), "--max-examples", str(options.max_examples), "--phases", options.phases,
        ]
        if options.max_time:
            command += ["--max-time", str(options.max_time)]
        for name in options.include or []:
            command += ["--include-operation-id", name]
        if options.report:
            command += ["--report", "junit", "--report-junit-path", os.path.abspath(options.report)]
        began = time.monotonic()
        code = subprocess.run(command, env=environment, cwd=folder).returncode
        complaints = report(document, state["seen"], options)
        for complaint in complaints:
            print("FAILED: " + complaint)
        failed = code != 0 or bool(complaints)
        print(f"\nContract test {'FAILED' if failed else 'passed'} in {time.monotonic() - began:.0f} s (seed {options.seed}).")
        return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
