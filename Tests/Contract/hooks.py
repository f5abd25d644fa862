"""Hooks of the contract test: which account calls what, data that means something, checks of our own.

Every hazard has an account of its own (they are made by run.py):

    main      tasks, tags, undo, export, settings; a personal token and a session take turns
    tokens    lists, makes and revokes personal tokens: the token that `main` uses is out of its reach; has channels;
              makes and revokes calendar feeds
    leaver    signs out, also everywhere: gets a new session after each success
    changer   changes its password: the hook knows the present one and notes the new one
    signer    signs in
    refresher refreshes: the hook keeps the newest refresh token
    goner     deletes its account, and signs up again
    stranger  owns tasks and tags that nobody else may see
"""

import atexit
import collections
import hashlib
import json
import os
import re
import threading
import time
import urllib.request
import uuid

import schemathesis
from schemathesis.core.failures import Failure
from schemathesis.core.parameters import ParameterLocation as Location

with open(os.environ["ERRAND_CONTRACT_STATE"], encoding="utf-8") as file:
    STATE = json.load(file)
BASE = STATE["base_url"]
ACCOUNTS = STATE["accounts"]
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia"]
LOCK = threading.RLock()


def post(path, body, token=None):
    request = urllib.request.Request(BASE + path, json.dumps(body).encode(), {"Content-Type": "application/json"})
    if token:
        request.add_header("Authorization", "Bearer " + token)
    with urllib.request.urlopen(request, timeout=20) as response:
        return json.load(response)


# Credentials


class Account:
    """An account whose access token is always good."""

    def __init__(self, name):
        self.name = name
        self.email = ACCOUNTS[name]["email"]
        self.password = ACCOUNTS[name]["password"]
        self.sign_ins = 0
        self.keep(ACCOUNTS[name]["session"])

    def keep(self, session):
        self.session = session
        self.since = time.monotonic()

    def sign_in(self):
        self.sign_ins += 1
        self.keep(post("/api/v1/auth/sign-in", {"email": self.email, "password": self.password}))

    def access(self):
        with LOCK:
            if self.session is None:
                self.sign_in()
            elif time.monotonic() - self.since > 0.5 * self.session["expires_in"]:
                self.keep(post("/api/v1/auth/refresh", {"refresh_token": self.session["refresh_token"]}))
            return self.session["access_token"]


USERS = {name: Account(name) for name in ACCOUNTS}
OWNER = {
    "listTokens": "tokens",
    "createToken": "tokens",
    "deleteToken": "tokens",
    "listFeeds": "tokens",
    "createFeed": "tokens",
    "deleteFeed": "tokens",
    "verifyChannel": "tokens",
    "rotateSecret": "tokens",
    "replayChannel": "tokens",
    "changePassword": "changer",
    "signOut": "leaver",
    "deleteMe": "goner",
    "changeEmail": "signer",
}
PUBLIC = {"signUp", "signIn", "refreshSession", "getJwks", "forgotPassword", "resetPassword", "verifyEmail", "readFeed"}
# Sign-ins cost the server a password hash and may be throttled, so the leaver gets so many sessions and no more.
MAX_SIGN_INS = 15


def operation_id(case):
    return case.operation.definition.raw.get("operationId", case.operation.label)


def dice(case, salt, sides):
    """A number that depends on the case alone, so that a repeat does the same."""
    text = f"{salt}|{case.operation.label}|{case.path_parameters}|{case.query}|{case.body!r}"
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:4], "big") % sides


@schemathesis.auth(refresh_interval=None)
class Credentials:
    def get(self, case, context):
        name = operation_id(case)
        if name in PUBLIC:
            return None
        owner = OWNER.get(name, "main")
        if owner == "leaver":
            user = USERS[owner]
            if user.session is None and user.sign_ins >= MAX_SIGN_INS:
                return None
            return user.access()
        if owner == "main" and dice(case, "credential", 2):
            return STATE["personal_token"]
        return USERS[owner].access()

    def set(self, case, data, context):
        case.headers["Authorization"] = "Bearer " + data


# Data that means something

known = {
    "tasks": collections.deque(STATE["tasks"], maxlen=60),
    # Of tasks that come again: most others cannot be skipped or ended. The first ones are skipped, the last one ended.
    "recurring": collections.deque(STATE["recurring"], maxlen=40),
    "tags": collections.deque(STATE["tags"], maxlen=40),
    "tokens": collections.deque(STATE["tokens"], maxlen=20),
    "feeds": collections.deque(STATE["feeds"], maxlen=20),
    "undo": collections.deque(STATE["undo"], maxlen=20),
    "notifications": collections.deque(STATE["notifications"], maxlen=20),
    # The first one stays, and is changed.
    "filters": collections.deque(STATE["filters"], maxlen=20),
}
STRANGER = STATE["stranger_tasks"]
# What can be done with one kind of channel alone.
CHANNELS = {"verifyChannel": "email", "rotateSecret": "webhook", "replayChannel": "webhook"}


RULES = ["FREQ=DAILY", "FREQ=WEEKLY;INTERVAL=2", "FREQ=MONTHLY", "FREQ=YEARLY;COUNT=40", "RRULE:FREQ=DAILY;INTERVAL=3"]
WORDS = ["every day", "every! 3 days", "every other friday", "every month on the 1st", "jan 31 every year"]
DATES = ["tomorrow", "next friday at 5pm", "in 3 days", "2027-03-04"]
FILTERS = ["#home & p1", "(today | overdue) & !recurring", "search: milk", "no date", "created after: jan 1 & !done"]


def picked(values, item):
    return values[len(str(item)) % len(values)]


def repaired_reminder(item, has_due):
    if not isinstance(item, dict):
        return item
    repeats = {} if item.get("repeat_every") is None else {"repeat_every": "PT15M"}
    if "before" in item and has_due:
        return {"before": "PT30M", **repeats}
    if "time" in item and has_due:
        return {"kind": "clock", "time": "08:00", "days_before": 1, **repeats}
    return {"kind": "absolute", "at": "2027-03-04T10:00:00Z", **repeats}


# What must lead to a server, or be a key of so many bytes.
ADDRESSES = {
    "url": "https://example.com/hook",
    "server": "https://ntfy.example.com",
    "endpoint": "https://push.example.net/send/abc",
    "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "auth": "BTBZMqHH6r4Tts7J_aSIgg",
}


def repair(value):
    """Values that mean something where the schema cannot say what does: zones, days, rules, words. Recursive."""
    if isinstance(value, list):
        return [repair(item) for item in value]
    if not isinstance(value, dict):
        return value
    result = {}
    for key, item in value.items():
        if key == "time_zone" and isinstance(item, str):
            item = ZONES[len(item) % len(ZONES)]
        elif key in ("date", "due_date") and isinstance(item, str):
            item = re.sub(r"^(\d{4}-\d\d-)(29|30|31)", r"\g<1>28", item)
        elif key in ("exdates", "now", "until") and item:
            text = item if isinstance(item, str) else json.dumps(item)
            fixed = re.sub(r"(\d{4}-\d\d-)(29|30|31)", r"\g<1>28", text)
            item = fixed if isinstance(item, str) else json.loads(fixed)
            if key == "until":
                item = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 3600))
        elif key in ADDRESSES and isinstance(item, str):
            item = ADDRESSES[key]
        elif key in ("address", "topic") and isinstance(item, str):
            # A user may have so many channels of a kind and no more: the same ones come again.
            item = f"fuzz-{len(item) % 10}" + ("@example.com" if key == "address" else "")
        elif key == "language":
            item = "en"  # the words below are English
        elif key == "locale" and isinstance(item, str):
            item = ("en", "en-US")[len(item) % 2]
        elif key == "expression" and isinstance(item, str):
            item = picked(FILTERS, item)
        elif key == "for":
            item = "PT10M"
        elif key == "rrule" and isinstance(item, str):
            item = picked(RULES, item)
        elif key == "quiet_hours" and isinstance(item, dict):
            item = {"from": "22:00", "to": "07:00"}
        elif key == "reminders" and isinstance(item, list):
            has_due = any(value.get(name) for name in ("due", "due_date", "recurrence", "recurring"))
            item = [repaired_reminder(one, has_due and "title" in value) for one in item]
        elif key == "expires_at" and isinstance(item, str):
            item = "2999-06-15" + item[10:]
        if key == "recurrence" and isinstance(item, dict) and isinstance(item.get("text"), str):
            item = {**item, "text": picked(WORDS, item["text"])}
        elif key == "recurrence" and isinstance(item, str):
            item = picked(WORDS, item)
        result[key] = repair(item)
    if "status" in result and "completed" in result:
        del result["completed"]
    return result


def with_known_data(case, name):
    body = repair(case.body)
    if name == "signIn" and dice(case, "login", 4) == 0:
        body = {"email": USERS["signer"].email, "password": USERS["signer"].password}
    elif name == "refreshSession" and dice(case, "refresh", 2):
        body = {"refresh_token": USERS["refresher"].session["refresh_token"]}
    elif name == "changePassword" and dice(case, "password", 2):
        body["current_password"] = USERS["changer"].password
    elif name == "changeEmail" and isinstance(body, dict) and dice(case, "password", 2):
        body["current_password"] = USERS["signer"].password
    elif name == "undo" and known["undo"] and dice(case, "undo", 4):
        body = {"token": known["undo"].pop()}
    elif name == "quickAdd" and isinstance(body, dict):
        body["text"] = ("Do " + body["text"])[:300]
    elif name == "createFeed" and isinstance(body.get("filter"), str):
        body["filter"] = picked(FILTERS, body["filter"])
    elif name == "rescheduleTask" and "text" in body:
        body["text"] = picked(DATES, body["text"])
    elif name == "placeTask" and isinstance(body, dict) and dice(case, "place", 4):
        body = {key: item and known["tasks"][dice(case, "beside", len(known["tasks"]))] for key, item in body.items()}
    elif name == "runBatch" and isinstance(body, dict):
        for index, command in enumerate(body["commands"]):
            command["id"] = f"{index}{command['id']}"[:100]
            if "task_id" in command["args"] and dice(case, index, 3):
                command["args"]["task_id"] = known["tasks"][dice(case, index, len(known["tasks"]))]
                command["args"].pop("if_version", None)
    return body


@schemathesis.hook
def before_call(context, case, kwargs):
    meta = case.meta
    if meta is None:
        return
    name = operation_id(case)
    stateful = meta.phase.name.value == "stateful"
    if case.path_parameters and not stateful and not meta.is_negative_at(Location.PATH):
        roll = dice(case, "path", 8)
        if "/tasks/{id}" in case.path:
            if roll == 0:
                case.path_parameters = {"id": STRANGER[dice(case, "stranger", len(STRANGER))]}
            elif name in ("skipOccurrence", "endSeries") and roll < 5 and known["recurring"]:
                case.path_parameters = {"id": known["recurring"][-1 if name == "endSeries" else dice(case, "again", 3)]}
            elif roll < 6:
                case.path_parameters = {"id": known["tasks"][dice(case, "task", len(known["tasks"]))]}
        elif name == "snoozeReminder" and roll < 6:
            case.path_parameters = {"id": STATE["fired_reminder"]}
        elif name == "readNotification" and roll < 6 and known["notifications"]:
            case.path_parameters = {"id": known["notifications"][0]}
        elif name == "deleteNotification" and roll < 4 and len(known["notifications"]) > 1:
            case.path_parameters = {"id": known["notifications"].pop()}
        elif name in CHANNELS and roll < 6:
            case.path_parameters = {"id": STATE["channels"][CHANNELS[name]]}
        elif name == "editFilter" and roll < 6:
            case.path_parameters = {"id": known["filters"][0]}
        elif name == "removeFilter" and roll < 4 and len(known["filters"]) > 1:
            case.path_parameters = {"id": known["filters"].pop()}
        elif name == "deleteToken" and roll < 4 and known["tokens"]:
            case.path_parameters = {"id": known["tokens"].pop()}
        elif name == "deleteFeed" and roll < 4 and known["feeds"]:
            case.path_parameters = {"id": known["feeds"].pop()}
        elif name == "readFeed" and roll < 6:
            case.path_parameters = {"secret": STATE["feed_secret"]}
        elif "/tags/{name}" in case.path and roll < 5 and known["tags"]:
            case.path_parameters = {"name": known["tags"][dice(case, "tag", len(known["tags"]))]}
    probed = getattr(meta.phase.data, "parameter_location", None) == Location.HEADER
    if not probed and (meta.phase.name.value == "coverage" or not meta.is_negative_at(Location.HEADER)):
        # Drawn keys repeat and drawn versions never match: keep some, or nothing else would be tested.
        # (In the coverage phase they may even break their pattern although something else is being probed.)
        if "Idempotency-Key" in case.headers and dice(case, "key", 4):
            case.headers["Idempotency-Key"] = str(uuid.uuid4())
        if "If-Match" in case.headers and dice(case, "match", 8):
            case.headers["If-Match"] = "*"
    if meta.generation.mode.is_positive and '"' not in case.headers.get("If-Match", '"'):
        case.headers["If-Match"] = "*"
    if name in ("listOccurrences", "listAudit") and not meta.is_negative_at(Location.QUERY):
        query = dict(case.query)
        for key in ("from", "to"):
            if isinstance(query.get(key), str):
                query[key] = repair({"date": query[key]})["date"]
        case.query = query
    if name in ("listAudit", "listConversations", "listNotifications") and dice(case, "cursor", 12):
        case.query = {key: value for key, value in dict(case.query).items() if key != "cursor"}
    if name == "listTasks" and not meta.is_negative_at(Location.QUERY):
        query = dict(case.query)
        if "filter" in query and meta.generation.mode.is_positive:
            query["filter"] = picked(FILTERS, query["filter"])
        # A drawn cursor is never one of the server's and ends the request before anything is listed.
        if dice(case, "cursor", 12):
            query.pop("cursor", None)
        for key in ("due_from", "due_to"):
            if isinstance(query.get(key), str):
                query[key] = repair({"date": query[key]})["date"]
        case.query = query
    if meta.generation.mode.is_positive and isinstance(case.body, dict):
        case.body = with_known_data(case, name)


seen = collections.defaultdict(collections.Counter)


@schemathesis.hook
def after_call(context, case, response):
    name = operation_id(case)
    status = response.status_code
    if response.request.method.upper() != case.operation.method.upper():
        return
    seen[name][status] += 1
    if not 200 <= status < 300:
        if name == "refreshSession" and status == 401 and isinstance(case.body, dict):
            user = USERS["refresher"]
            if case.body.get("refresh_token") == user.session["refresh_token"] and user.sign_ins < MAX_SIGN_INS:
                user.sign_in()
        return
    undo = response.headers.get("errand-undo")
    if undo and name != "undo":
        known["undo"].append(undo[0])
    # Files are of many kinds.
    is_file = name in ("exportAudit", "exportData", "readFeed")
    body = response.json() if status != 204 and response.content and not is_file else None
    if name == "signOut":
        USERS["leaver"].session = None
    elif name == "refreshSession" and body["user"]["email"] == USERS["refresher"].email:
        USERS["refresher"].keep(body)
    elif name == "changePassword":
        USERS["changer"].password = case.body["new_password"]
    elif name == "deleteMe":
        user = USERS["goner"]
        user.keep(post("/api/v1/auth/sign-up", {"email": user.email, "password": user.password}))
    elif name == "createTask" and isinstance(body.get("id"), str):
        known["tasks"].append(body["id"])
        known["tags"].extend(tag for tag in body.get("tags", [])[:2] if tag not in (".", ".."))
        if body.get("recurrence"):
            known["recurring"].append(body["id"])
    elif name == "createRecurring" and isinstance(body.get("id"), str):
        known["recurring"].append(body["id"])
    elif name == "addFilter" and isinstance(body.get("id"), str):
        known["filters"].append(body["id"])
    elif name == "createToken" and isinstance(body.get("id"), str):
        known["tokens"].append(body["id"])
    elif name == "createFeed" and isinstance(body.get("id"), str):
        known["feeds"].append(body["id"])


@atexit.register
def write_account():
    with open(STATE["seen"], "w", encoding="utf-8") as file:
        json.dump(seen, file)


# Failures that are none

TRIMMED = re.compile(r"^[ \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[ \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$")
EXCUSED = {"idempotency_key_reused", "invalid_cursor"}


def trimmed(value):
    if isinstance(value, str):
        return TRIMMED.sub("", value)
    if isinstance(value, list):
        return [trimmed(item) for item in value]
    if isinstance(value, dict):
        return {key: trimmed(item) for key, item in value.items()}
    return value


def problem_of(response):
    try:
        body = response.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


OPS = ("create", "update", "complete", "reopen", "delete", "restore")


def envelope_is_good(body):
    """Whether a batch is in order outside `args`."""
    if not isinstance(body, dict) or not set(body) <= {"commands", "atomic"} or not isinstance(body.get("atomic", False), bool):
        return False
    commands = body.get("commands")
    return isinstance(commands, list) and 1 <= len(commands) <= 100 and all(
        isinstance(command, dict)
        and set(command) == {"id", "op", "args"}
        and isinstance(command["id"], str)
        and 1 <= len(command["id"]) <= 100
        and command["op"] in OPS
        and isinstance(command["args"], dict)
        for command in commands
    )


@schemathesis.hook
def filter_failure(context, failure, case, response):
    kind = type(failure).__name__
    name = operation_id(case)
    if kind == "RejectedPositiveData":
        problem = problem_of(response)
        if problem.get("code") in EXCUSED:
            return False
        # At most 50 tags of a task and 50 tokens of a user in the end are rules about what is there already.
        # So are at most 100 saved filters and 20 calendar feeds.
        if name in ("setTaskTags", "renameTag", "createToken", "addFilter", "createFeed") and any(e.get("code") == "too_many" for e in problem.get("errors", [])):
            return False
        # The task beside it can be gone, or be the task itself.
        if name == "placeTask" and any(e.get("code") == "invalid_value" for e in problem.get("errors", [])):
            return False
    if kind == "AcceptedNegativeData" and case.meta is not None:
        # A fault inside `args` is answered in the result of its command.
        if name == "runBatch" and envelope_is_good(case.body) and any(r.get("status", 0) >= 400 for r in problem_of(response).get("results", [])):
            return False
        # Lengths count after trimming, which a schema cannot say.
        others = (Location.PATH, Location.QUERY, Location.HEADER, Location.COOKIE)
        if isinstance(case.body, dict) and not any(case.meta.is_negative_at(place) for place in others):
            from schemathesis.core.jsonschema import make_validator

            body = case.operation.get_body_for_media_type(case.media_type)
            validator = case.operation.schema.adapter.jsonschema_validator_cls
            if body is not None and make_validator(body.validation_schema, validator).is_valid(trimmed(case.body)):
                return False
    return True


# Checks of our own


def fail(case, title, message):
    raise Failure(operation=case.operation.label, title=title, message=message)


@schemathesis.check
def problems_agree(ctx, response, case):
    """A problem repeats the status and the request id, and every failure is a problem."""
    if response.status_code < 400 or response.request.method == "HEAD":
        return
    kind = (response.headers.get("content-type") or [""])[0].split(";")[0].strip()
    if kind != "application/problem+json":
        fail(case, "A failure without a problem document", f"{response.status_code} with the type {kind!r}")
    problem = problem_of(response)
    if problem.get("status") != response.status_code:
        fail(case, "A problem with another status", f"HTTP {response.status_code}, problem {problem.get('status')!r}")
    if problem.get("request_id") != (response.headers.get("x-request-id") or [None])[0]:
        fail(case, "A problem with another request id", f"{problem.get('request_id')!r}")


@schemathesis.check
def strangers_see_nothing(ctx, response, case):
    """Nobody reaches or sees the tasks of another account."""
    if operation_id(case) in PUBLIC:
        return
    target = str((case.path_parameters or {}).get("id", ""))
    if target in STRANGER and response.status_code < 400:
        fail(case, "A task of another account was reached", f"{response.status_code} for {target}")
    if STATE["stranger_secret"] in response.text:
        fail(case, "Data of another account was shown", "The title of a stranger's task is in the reply.")
