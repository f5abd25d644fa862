"""Fields of log lines: those of docs/guides/logs.md, and those that the source gives names to."""

import json
import re
from datetime import datetime

import yaml

import swift_facts as swift
from tools import ROOT

try:
    from vrl_python import VRLRuntime
except ImportError:
    # There is none for this machine; requirements.txt says for which.
    VRLRuntime = None

GUIDE = ROOT / "docs/guides/logs.md"
LOGGING = ROOT / "k8s/logging"
# What JSONLogHandler puts into every line by itself.
ALWAYS = {"time", "level", "logger", "message"}
ADDED = {"instance", "namespace"}
KINDS = {"long": lambda text: int(text), "keyword": str, "text": str, "date": str}


def documented():
    """Name -> where it is, by the guide's table."""
    return dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \| [^|]+ \|$", GUIDE.read_text(), re.M))


def bracket(text, start):
    """What is between the bracket at `start` and the one that closes it."""
    depth = 0
    for at in range(start, len(text)):
        depth += {"[": 1, "]": -1}.get(text[at], 0)
        if depth == 0:
            return text[start:at]
    raise AssertionError("a bracket is not closed")


def named_by_the_source():
    names = set()
    for path in swift.SOURCES.rglob("*.swift"):
        text = path.read_text()
        if "import Logging" not in text:
            continue
        for found in re.finditer(r"\bmetadata: \[|\bMetadata = \[", text):
            names |= set(re.findall(r'(?:\[|,)\s*"([a-z_]+)":', bracket(text, found.end() - 1)))
        names |= set(re.findall(r'\bmetadata(?:Key: |\[)"([a-z_]+)"', text))
    return names | ALWAYS


def template():
    """The properties of the index template."""
    return json.loads((LOGGING / "index-template.json").read_text())["template"]["mappings"]["properties"]


def program(file, transform):
    return yaml.safe_load((LOGGING / f"{file}.yaml").read_text())["transforms"][transform]["source"]


def shipped(event, source="source-kubernetes"):
    """What Vector's own language makes of one event of a source; None where it is left out."""
    for what in (program(source, "errand_lines"), program("fields", "errand_fields")):
        try:
            event = VRLRuntime.run(what, event, "UTC").processed_event
        except RuntimeError as error:
            assert "aborted" in str(error), error
            return None
    return event


def pod(line, container="errand"):
    """A line as Vector reads it from a pod."""
    return {"message": line, "timestamp": "2026-01-01T00:00:01Z", "stream": "stderr", "kubernetes": {
        "container_name": container, "pod_name": "chat-api-7d9f", "pod_namespace": "errand"}}


def moment(text):
    """Of a time as a line has it, and as Vector's language prints it: without a fraction where that is nothing."""
    return datetime.fromisoformat(text.replace(" UTC", "Z").replace("Z", "+00:00"))


def check_lines(lines):
    """Lines of real servers: no field of ours is unknown, and each value has the type that it is indexed as."""
    known, types, seen = set(documented()) - ADDED, template(), set()
    for line in lines:
        assert ALWAYS | {"role"} <= set(line), line
        assert all(isinstance(value, str) for value in line.values()), line
        if line["logger"].startswith("errand"):
            # Libraries that log through ours have names with dots or hyphens.
            unknown = {name for name in line if not re.search(r"[.-]", name)} - known
            assert not unknown, f"not in docs/guides/logs.md: {unknown} of {line['logger']}"
        for name, value in line.items():
            if name in types:
                KINDS[types[name]["type"]](value)
        seen |= set(line)
    for line in lines[:: max(1, len(lines) // 100)] if VRLRuntime else []:
        made = shipped(pod(json.dumps(line)))
        time = moment(made.pop("timestamp"))
        assert made == {**{name: value for name, value in line.items() if name != "time"},
                        "instance": "chat-api-7d9f", "namespace": "errand"}, made
        assert time == moment(line["time"]), (time, line)
    return seen & known
