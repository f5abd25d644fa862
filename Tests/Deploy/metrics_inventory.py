"""docs/metrics.md as data, and the names that PromQL uses."""

import re

from tools import ROOT

DOCUMENT = ROOT / "docs/metrics.md"
# What Prometheus makes itself, and what brokers and exporters of others export.
OTHERS = {
    "up", "ALERTS", "redpanda_kafka_max_offset", "redpanda_kafka_consumer_group_committed_offset",
    "kafka_consumergroup_lag",
}
WORDS = {"by", "on", "or", "and", "unless", "group_left", "group_right", "without", "ignoring", "bool", "offset", "inf"}
# Labels that a scrape adds, and those of others.
ADDED = {"instance", "job", "le", "alertname", "alertstate", "redpanda_group", "redpanda_topic", "redpanda_partition",
         "redpanda_namespace", "consumergroup", "consumer", "topic"}


def inventory():
    """Name -> (kind, labels, from)."""
    found = {}
    for line in DOCUMENT.read_text().splitlines():
        row = re.match(r"\| `(\w+)` \| (\w+) \|([^|]*)\| [^|]* \| ([^|]*) \| [^|]+ \|$", line)
        if row:
            name, kind, labels, where = row.groups()
            assert name not in found, f"{name} is there twice"
            found[name] = (kind, tuple(sorted(re.findall(r"`(\w+)`", labels))), where.strip())
    return found


def exported(text):
    """The same of what a server answers, without the last."""
    kinds = dict(re.findall(r"^# TYPE (\w+) (\w+)$", text, re.M))
    labels = {name: set() for name in kinds}
    for name, pairs in re.findall(r"^(\w+)(?:\{(.*)\})? [^ ]+$", text, re.M):
        family = name if name in kinds else re.sub(r"_(bucket|sum|count)$", "", name)
        labels[family] |= set(re.findall(r'(\w+)="', pairs)) - {"le"}
    return {name: (kind, tuple(sorted(labels[name]))) for name, kind in kinds.items()}


def series():
    """Every name that a query may ask for."""
    names = set()
    for name, (kind, _, _) in inventory().items():
        names |= {f"{name}_bucket", f"{name}_sum", f"{name}_count"} if kind == "histogram" else {name}
    return names


def used(query):
    """Names of metrics in a query, and names of labels."""
    query = re.sub(r'"(?:[^"\\]|\\.)*"', '""', query)
    labels = set()
    for inside in re.findall(r"\{([^}]*)\}", query):
        labels |= set(re.findall(r"(\w+)\s*(?:=~|!~|!=|=)", inside))
    query = re.sub(r"\{[^}]*\}", "", query)
    for inside in re.findall(r"\b(?:by|on|without|ignoring|group_left|group_right)\s*\(([^)]*)\)", query):
        labels |= set(re.findall(r"\w+", inside))
    query = re.sub(r"\b(?:by|on|without|ignoring|group_left|group_right)\s*\([^)]*\)", "", query)
    query = re.sub(r"\[[^\]]*\]", "", query)
    names = {name for name in re.findall(r"\b[a-zA-Z_][\w:]*(?!\s*[\w(:])\b(?!\s*\()", query)}
    return names - WORDS, labels
