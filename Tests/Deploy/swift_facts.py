"""What the program says of itself, read from its source: roles, topics, ports, paths, names of settings."""

import re

from tools import ROOT

SOURCES = ROOT / "Sources"


def text(path):
    return (SOURCES / path).read_text()


def one(pattern, path):
    found = re.search(pattern, text(path), re.S)
    assert found, f"{path} no longer has {pattern}: mend this test"
    return found.group(1)


def cases(path, enum):
    """Names and raw values of an enum of strings."""
    body = one(rf"enum {enum}\b[^{{]*\{{(.*?)\n\}}", path)
    return {name: raw or name for name, raw in re.findall(r"^\s*case (\w+)(?: = \"([^\"]+)\")?", body, re.M)}


ROLE_CASES = cases("Core/ErrandCore/ProcessRole.swift", "ProcessRole")
ROLES = list(ROLE_CASES.values())
CONSUMERS = [
    ROLE_CASES[name] for name in re.findall(
        r"\.(\w+)", one(r"static let consumers: \[ProcessRole\] = \[(.*?)\]", "Core/ErrandCore/ProcessRole.swift"))
]
TOPICS = cases("Core/ErrandCore/Events/Topic.swift", "Topic")


def dead_letters(role):
    return one(r'deadLetters\(of role: ProcessRole\) -> String \{ "(.*?)"', "Core/ErrandCore/Events/Topic.swift") \
        .replace("\\(role.rawValue)", role)


def topics_by_role():
    """Which topics the roles read: from the table of event types, and those who take everything."""
    table = "\n".join(path.read_text() for path in (SOURCES / "Core/ErrandCore/Events").glob("EventTypes*.swift"))
    read = {role: set() for role in CONSUMERS}
    for case, role in ROLE_CASES.items():
        if role not in read:
            continue
        consumer = [path for path in (SOURCES / "Services").rglob("*.swift")
                    if re.search(rf"role(: ProcessRole)? ?= ?(ProcessRole)?\.{case}\b", path.read_text())]
        assert consumer, f"no consumer says that it is {role}: mend this test"
        if any("types: Set<EventType>? = nil" in path.read_text() for path in consumer):
            # Everything that is published by the table, whatever its topic.
            read[role] = {TOPICS[name] for name in re.findall(r"topic: \.(\w+)", table)}
        else:
            for row in re.findall(r"topic: \.(\w+)[^)]*?takers: \[([^\]]*)\]", table, re.S):
                if f".{case}" in row[1]:
                    read[role].add(TOPICS[row[0]])
            maker = one(r"static func task\((.*?)\n    }", "Core/ErrandCore/Events/EventTypes.swift")
            if re.search(rf"task\([^)]*\.{case}\b", table) or f".{case}" in maker:
                read[role].add(TOPICS["taskEvents"])
    read[ROLE_CASES["websocketService"]] = {TOPICS["taskUpdates"]}
    return {role: sorted(topics) for role, topics in read.items()}


def default_port(name):
    return int(one(rf'settings\.integer\("{name}", [^)]*\) \?\? (\d+)', "errand/Composition/ServerConfiguration+Read.swift"))


PUBLIC_PORT = default_port("port")
INTERNAL_PORT = default_port("internal-port")
LIVE_PATH = one(r'static let path = "(/[^"]*)"', "Services/LiveService/LiveService.swift")
PROBES = re.findall(r'router\.get\("(/\w+)"\)', text("Kits/ErrandHTTP/Server/Probes.swift"))
SWEEP_PATH = one(r'path: String = "(/[^"]*)"', "Adapters/DaprBus/Routes/DaprRoutes.swift")
DEAD_LETTERS_PATH = one(r'deadLettersPath = "(/[^"]*)"', "Adapters/DaprBus/Routes/DaprRoutes.swift")
BRANCHES = re.findall(r'"([^"]+)"', one(r"branches: Set<String> = \[(.*?)\]", "Kits/ErrandHTTP/Requests/APISurface.swift"))
LEAVES = re.findall(r'"([^"]+)"', one(r"leaves: Set<String> = \[(.*?)\]", "Kits/ErrandHTTP/Requests/APISurface.swift"))


def settings():
    """Every name in the environment that the server reads."""
    names = set()
    for path in (SOURCES / "errand").rglob("*.swift"):
        source = path.read_text()
        for name in re.findall(r'(?:text|integer|choice|url|list)\("([a-z][a-z-]+)"', source):
            names.add("ERRAND_" + name.replace("-", "_").upper())
        names.update(re.findall(r'"([A-Z][A-Z0-9]*_[A-Z0-9_]+)"', source))
    if 'reader.string(forKey: "database.url"' in text("errand/Composition/ServerConfiguration+Read.swift"):
        names.add("DATABASE_URL")
    return names
