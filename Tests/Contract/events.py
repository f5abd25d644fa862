#!/usr/bin/env python3
"""Validates events against docs/events: the golden files, and every event that a server has published so far.

    scripts/with-server sh -c '.build-tools/venv/bin/python Tests/Contract/run.py && .build-tools/venv/bin/python Tests/Contract/events.py'

Finds the database in ERRAND_DATA; without it, only the documents are checked. Exits with 1 on a violation.
"""

import collections
import json
import os
import pathlib
import subprocess
import sys

import jsonschema_rs

ROOT = pathlib.Path(__file__).parents[2]
DOCUMENTS = ROOT / "docs" / "events"
GOLDEN = ROOT / "Tests" / "Fixtures" / "events"
PROGRAM = ROOT / ".build" / "release" / "errand"
BASE = "https://errand.example/events/"


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


SCHEMAS = {path.name: dict(read(path), **{"$id": BASE + path.name}) for path in DOCUMENTS.glob("*.schema.json")}
REGISTRY = jsonschema_rs.Registry([(BASE + name, schema) for name, schema in SCHEMAS.items()])


def validator(name):
    return jsonschema_rs.validator_for(SCHEMAS[name], registry=REGISTRY, validate_formats=True)


ENVELOPE = validator("cloudevent.schema.json")
# Those that others refer to are no types.
DATA = {
    name.removesuffix(".schema.json"): validator(name) for name, schema in SCHEMAS.items()
    if "event_type" in schema.get("properties", {})
}


def problems(event):
    """What is wrong with a CloudEvent."""
    found = [f"{error.instance_path}: {error.message}" for error in ENVELOPE.iter_errors(event)]
    schema = DATA.get(event.get("type"))
    if schema is None:
        return found + [f"there is no schema for the type {event.get('type')}"]
    found += [f"data {error.instance_path}: {error.message}" for error in schema.iter_errors(event["data"])]
    payload = event["data"]["payload"]
    subject = payload["task_id"] if "task_id" in payload else payload.get("subject", {}).get("id")
    if event["data"]["event_id"] != event["id"] or subject != event["subject"]:
        found.append("envelope and data are about different things")
    return found


def same_task():
    """The task of events is that of the API."""
    api = read(ROOT / "web" / "openapi.json")["components"]["schemas"]
    own = {"Task": SCHEMAS["task.schema.json"], **SCHEMAS["task.schema.json"]["$defs"]}

    def plain(schema):
        if isinstance(schema, dict):
            return {
                key: plain(value).rsplit("/", 1)[1] if key == "$ref" else plain(value)
                for key, value in schema.items() if key not in ("$schema", "$id", "$defs", "title", "discriminator")
            }
        return [plain(item) for item in schema] if isinstance(schema, list) else schema

    return [f"task.schema.json and openapi.json differ in {name}" for name in own if plain(own[name]) != plain(api[name])]


def broken_references(value, document, path=""):
    """References of the AsyncAPI document that lead nowhere."""
    if isinstance(value, list):
        return [problem for item in value for problem in broken_references(item, document, path)]
    if not isinstance(value, dict):
        return []
    found = [problem for key, item in value.items() for problem in broken_references(item, document, f"{path}/{key}")]
    reference = value.get("$ref")
    if reference is None:
        return found
    if reference.startswith("./"):
        return found if reference[2:] in SCHEMAS else found + [f"asyncapi.json {path}: {reference}"]
    target = document
    for part in reference.removeprefix("#/").split("/"):
        target = target.get(part, {})
    return found if target else found + [f"asyncapi.json {path}: {reference}"]


def published(topic=None):
    command = [PROGRAM, "events", "tail", "--data", os.environ["ERRAND_DATA"], "--after", "0"]
    if topic:
        command += ["--topic", topic]
    for line in subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines():
        event = json.loads(line)
        event.pop("errandsequence")
        yield event


def main():
    document = read(DOCUMENTS / "asyncapi.json")
    found = same_task() + broken_references(document, document)
    addresses = sorted(channel["address"] for channel in document["channels"].values())
    golden = {path.stem: read(path) for path in GOLDEN.glob("*.json")}
    found += [f"{name}: there is no golden file" for name in DATA if name not in golden]
    found += [f"{name}: {problem}" for name, event in golden.items() for problem in problems(event)]
    print(f"{len(golden)} golden files, {len(addresses)} topics: {', '.join(addresses)}")
    if "ERRAND_DATA" in os.environ:
        counts = collections.Counter()
        for topic in (None, "task-updates"):
            for event in published(topic):
                counts[event["type"]] += 1
                found += [f"{event['id']} {event['type']}: {problem}" for problem in problems(event)]
        print(f"{counts.total()} published events: {dict(counts)}")
        if not counts:
            found.append("nothing was published, so nothing was checked")
    for problem in found[:20]:
        print(f"FAILED {problem}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
