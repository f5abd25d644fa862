"""What ships log lines: each file says what the others, the guide and the program say."""

import json
import platform
import re
import unittest
from unittest import mock

import yaml

import log_fields as logs
from tools import CHART, ROOT

FILES = {path.stem: yaml.safe_load(path.read_text()) for path in sorted(logs.LOGGING.glob("*.yaml"))}
VALUES = FILES.pop("vector-values")
WAYS = [(source, sink) for source in FILES if source.startswith("source-") for sink in FILES if sink.startswith("to-")]
# What Vector lets its parts be told, as far as it is used here; it refuses to start with anything else.
KNOWN = {
    "kubernetes_logs": {"type", "extra_label_selector"},
    "docker_logs": {"type", "include_labels"},
    "remap": {"type", "inputs", "source"},
    "loki": {"type", "inputs", "endpoint", "encoding", "labels", "out_of_order_action", "buffer"},
    "elasticsearch": {"type", "inputs", "endpoints", "auth", "api_version", "mode", "data_stream", "compression",
                      "request_retry_partial", "buffer"},
}


def merged(*names):
    """As Vector reads several files."""
    whole = {}
    for name in names:
        for kind, parts in FILES[name].items():
            if isinstance(parts, dict):
                assert not set(parts) & set(whole.get(kind, {})), f"{kind} of {name} is there twice"
                whole.setdefault(kind, {}).update(parts)
            else:
                assert kind not in whole
                whole[kind] = parts
    return whole


class FieldTests(unittest.TestCase):
    def test_the_guide_names_those_of_the_source_and_those_that_are_added(self):
        self.assertEqual(set(logs.documented()), logs.named_by_the_source() | logs.ADDED)

    def test_each_has_a_type_and_nothing_else_has(self):
        self.assertEqual(set(logs.template()), set(logs.documented()) - {"time"} | {"@timestamp"})
        for name, how in logs.template().items():
            self.assertIn(how["type"], logs.KINDS, name)
            # One line that is not as expected must not be refused with all others of its call.
            self.assertTrue(how["type"] in ("text", "date") or how.get("ignore_above") or how.get("ignore_malformed"), name)
        self.assertIs(json.loads((logs.LOGGING / "index-template.json").read_text())["template"]["mappings"]["dynamic"], False)

    def test_none_says_who_somebody_is_or_what_they_wrote(self):
        self.assertFalse({"title", "email", "address", "token", "password", "user_id", "body"} & set(logs.documented()))


class ConfigurationTests(unittest.TestCase):
    def test_parts_are_joined_and_are_told_what_they_know(self):
        self.assertEqual(len(WAYS), 4)
        for source, sink in WAYS:
            whole = merged(source, "fields", sink)
            self.assertEqual(set(whole), {"sources", "transforms", "sinks", "secret", "data_dir"})
            parts = {**whole["sources"], **whole["transforms"], **whole["sinks"]}
            for name, part in parts.items():
                self.assertLessEqual(set(part), KNOWN[part["type"]], name)
                for before in part.get("inputs", []):
                    self.assertIn(before, {**whole["sources"], **whole["transforms"]}, name)
            fed = {before for part in parts.values() for before in part.get("inputs", [])}
            self.assertEqual(set(parts) - fed, set(whole["sinks"]), "a part leads nowhere")
            for sink_ in whole["sinks"].values():
                self.assertEqual((sink_["buffer"]["type"], sink_["buffer"]["when_full"]), ("disk", "block"))
                self.assertGreaterEqual(sink_["buffer"]["max_size"], 268_435_488)

    def test_use_fields_that_lines_have(self):
        fields = set(logs.documented())
        for label, value in FILES["to-loki"]["sinks"]["loki"]["labels"].items():
            for name in re.findall(r"\{\{ (\w+) \}\}", value):
                self.assertEqual(name, label)
                self.assertIn(name, fields)
        program = FILES["fields"]["transforms"]["errand_fields"]["source"]
        read = set(re.findall(r"(?<![\w\"])\.([a-z_]+)", re.sub(r"#.*", "", program)))
        self.assertLessEqual(read, fields | {"timestamp"})
        self.assertLessEqual(logs.ADDED | {"message", "time"}, read)
        for source in ("source-kubernetes", "source-docker"):
            made = set(re.findall(r"^\.([a-z_]+) = ", FILES[source]["transforms"]["errand_lines"]["source"], re.M))
            self.assertEqual(made, logs.ADDED)

    def test_secrets_are_read_from_files_that_the_guide_makes(self):
        guide = logs.GUIDE.read_text()
        for name, file in FILES.items():
            text = yaml.safe_dump(file)
            self.assertNotIn("${", text, "Vector reads no environment any more")
            for key in re.findall(r"SECRET\[destination\.(\w+)\]", text):
                self.assertRegex(guide, rf"--from-(?:literal|file)={key}=", name)
                self.assertIn(f"logs-destination/{key}", guide)
        self.assertIn({"name": "destination", "mountPath": FILES["fields"]["secret"]["destination"]["path"], "readOnly": True},
                      VALUES["extraVolumeMounts"])
        self.assertEqual(VALUES["dataDir"], FILES["fields"]["data_dir"])

    def test_reads_the_containers_that_are_ours(self):
        labels = (CHART / "templates/_names.tpl").read_text()
        source = FILES["source-kubernetes"]
        name, value = source["sources"]["errand_pods"]["extra_label_selector"].split("=")
        self.assertIn(f"{name}: {value}\n", labels)
        read = json.loads(re.search(r"includes\((\[.*?\])", source["transforms"]["errand_lines"]["source"]).group(1))
        made = set()
        for template in ("workloads.yaml", "migration.yaml"):
            made |= set(re.findall(r"^ +- name: (\w+)\n +image:", (CHART / "templates" / template).read_text(), re.M))
        self.assertEqual(set(read), made)
        [label] = FILES["source-docker"]["sources"]["errand_containers"]["include_labels"]
        name, value = label.split("=")
        self.assertIn(f'{name}="{value}"', (ROOT / "Dockerfile").read_text())

    def test_compose_makes_labels_of_the_same_fields(self):
        alloy = yaml.safe_load((ROOT / "docker-compose.redpanda.yml").read_text())["configs"]["alloy"]["content"]
        asked = dict(re.findall(r'(\w+) = "(\w*)"', re.search(r"expressions = \{(.*?)\}", alloy).group(1)))
        self.assertEqual(asked, {"level": "level", "role": "role"})
        self.assertLessEqual(set(asked.values()), set(logs.documented()))
        self.assertEqual(set(re.findall(r'(\w+) = ""', re.search(r"values = \{(.*?)\}", alloy).group(1))), set(asked))
        # What one part hands on is what another is called.
        for target, label in re.findall(r"forward_to += \[(loki\.\w+)\.(\w+)\.receiver\]", alloy):
            self.assertIn(f'{target} "{label}"', alloy)

    def test_vectors_own_language_makes_fields_of_lines_and_of_what_is_none(self):
        if not logs.VRLRuntime:
            self.assertNotEqual(platform.machine(), "x86_64", "vrl-python is not installed: scripts/setup --tests")
            return
        place = {"instance": "chat-api-7d9f", "namespace": "errand"}
        line = '{"time":"2026-01-01T00:00:00.250Z","level":"info","role":"chat-api","message":"GET \\"/x\\"","ms":"12"}'
        self.assertEqual(logs.shipped(logs.pod(line)), {
            **place, "timestamp": "2026-01-01 00:00:00.250 UTC", "level": "info", "role": "chat-api",
            "message": 'GET "/x"', "ms": "12"})
        for text in ("Fatal error: Index out of range", "[1]", '"x"', "{broken", ""):
            self.assertEqual(logs.shipped(logs.pod(text)), {
                **place, "timestamp": "2026-01-01T00:00:01Z", "level": "critical", "role": "unknown", "message": text})
        # Without a time of its own, that of its reading.
        self.assertEqual(logs.shipped(logs.pod('{"time":"soon","level":"info"}'))["timestamp"], "2026-01-01T00:00:01Z")
        self.assertIsNone(logs.shipped(logs.pod(line, "daprd")))
        container = {"message": line, "timestamp": "2026-01-01T00:00:01Z", "container_name": "errand-errand-1"}
        for labels, namespace in (({"com.docker.compose.project": "errand"}, "errand"), ({}, "docker")):
            made = logs.shipped({**container, "label": labels}, "source-docker")
            self.assertEqual((made["instance"], made["namespace"], made["ms"]), ("errand-errand-1", namespace, "12"))

    def test_a_line_keeps_its_moment(self):
        def line(seconds):
            return {"time": f"2026-01-01T00:00:{seconds}Z", "level": "info", "role": "chat-api",
                    "logger": "errand", "message": "x"}

        # Whole seconds among them, whose fraction Vector's language leaves out.
        lines = [line(seconds) for seconds in ("00.000", "10.000", "10.001", "10.100", "10.120", "59.999")]
        logs.check_lines(lines)
        if not logs.VRLRuntime:
            return
        ship = logs.shipped
        for late in ("2026-01-01 00:00:10.001 UTC", "2026-01-01 00:00:01 UTC", "2026-01-01 00:01:00 UTC"):
            with mock.patch.object(logs, "shipped", lambda event: {**ship(event), "timestamp": late}):
                self.assertRaises(AssertionError, logs.check_lines, [line("10.000")])

    def test_the_guide_names_every_file(self):
        guide = logs.GUIDE.read_text()
        for path in logs.LOGGING.iterdir():
            self.assertIn(f"`{path.name}`", guide)


if __name__ == "__main__":
    unittest.main()
