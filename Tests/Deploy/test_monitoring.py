"""Metrics, rules, alerts, runbooks and dashboards: each says what the others say."""

import json
import re
import tempfile
import unittest

import yaml

import metrics_inventory as metrics
import swift_facts as swift
from tools import CHART, ROOT, VERSION, run, values_file

MONITORING = ROOT / "k8s/monitoring"
RUNBOOKS = ROOT / "docs/runbooks"
RULES = yaml.safe_load((MONITORING / "rules.yaml").read_text())["groups"]
TESTS = yaml.safe_load((MONITORING / "rules_test.yaml").read_text())["tests"]
ALERTS = {rule["alert"]: rule for group in RULES for rule in group["rules"] if "alert" in rule}
RECORDS = {rule["record"]: rule["expr"] for group in RULES for rule in group["rules"] if "record" in rule}
DASHBOARDS = {path.stem: json.loads(path.read_text()) for path in sorted((MONITORING / "dashboards").glob("*.json"))}


def queries(dashboard):
    for panel in dashboard["panels"]:
        for target in panel["targets"]:
            yield panel["title"], target["expr"]
    for annotation in dashboard["annotations"]["list"]:
        yield annotation["name"], annotation["expr"]


class InventoryTests(unittest.TestCase):
    def test_the_document_names_what_the_source_makes_and_nothing_else(self):
        source = "\n".join(path.read_text() for path in swift.SOURCES.rglob("*.swift"))
        made = set(re.findall(r'label: "(errand_\w+)"', source)) | set(re.findall(r"\.(?:counter|gauge), \"(\w+)\"", source))
        self.assertEqual(set(metrics.inventory()), made)

    def test_names_end_as_those_of_prometheus_do(self):
        for name, (kind, labels, where) in metrics.inventory().items():
            self.assertEqual(name.endswith("_total"), kind == "counter", name)
            if kind == "histogram":
                self.assertTrue(name.endswith("_seconds"), name)
            self.assertIn(kind, ("counter", "gauge", "histogram"))
            self.assertTrue(where, name)
            self.assertFalse({"user", "user_id", "email", "task", "title"} & set(labels), name)

    def test_what_promql_uses_is_found(self):
        names, labels = metrics.used('sum by (le, consumer) (rate(a_bucket{le="x{y}", b=~"c"}[5m])) / on (d) e:f{g!="h"} > 0')
        self.assertEqual((names, labels), ({"a_bucket", "e:f"}, {"le", "consumer", "b", "d", "g"}))


class RuleTests(unittest.TestCase):
    def test_promtool_can_read_them(self):
        run("promtool", "check", "rules", MONITORING / "rules.yaml")

    def test_each_does_what_its_tests_say(self):
        run("promtool", "test", "rules", MONITORING / "rules_test.yaml", timeout=300)

    def test_a_rule_that_is_wrong_would_be_noticed(self):
        with tempfile.TemporaryDirectory() as folder:
            text = (MONITORING / "rules.yaml").read_text()
            for name in ("rules.yaml", "rules_test.yaml"):
                content = text.replace("max(errand_outbox_oldest_seconds) > 60", "max(errand_outbox_oldest_seconds) > 6000")
                self.assertNotEqual(content, text)
                if name == "rules_test.yaml":
                    test = next(test for test in TESTS if test["name"] == "committed events are not published")
                    content = yaml.safe_dump({"rule_files": ["rules.yaml"], "evaluation_interval": "1m", "group_eval_order": [group["name"] for group in RULES], "tests": [test]})
                with open(f"{folder}/{name}", "w", encoding="utf-8") as file:
                    file.write(content)
            self.assertNotEqual(run("promtool", "test", "rules", f"{folder}/rules_test.yaml", check=False).returncode, 0)

    def test_they_use_what_a_server_exports_and_each_other(self):
        known = metrics.series() | set(RECORDS) | metrics.OTHERS
        labels = metrics.ADDED.union(*(row[1] for row in metrics.inventory().values()))
        for name, expression in [*RECORDS.items(), *((name, rule["expr"]) for name, rule in ALERTS.items())]:
            used, asked = metrics.used(expression)
            self.assertEqual(used - known, set(), name)
            self.assertEqual(asked - labels, set(), name)
            self.assertTrue(used, name)
            self.assertRegex(name, "^(errand:|Errand)")

    def test_each_alert_is_tested_when_it_has_to_come_and_when_it_must_not(self):
        asked = [test for group in TESTS for test in group.get("alert_rule_test", [])]
        self.assertEqual({test["alertname"] for test in asked}, set(ALERTS))
        for name in ALERTS:
            self.assertTrue(any(test["exp_alerts"] for test in asked if test["alertname"] == name), f"{name} comes")
            self.assertTrue(any(not test["exp_alerts"] for test in asked if test["alertname"] == name), f"{name} does not")

    def test_each_alert_has_words_and_a_runbook_and_each_runbook_an_alert(self):
        named = set()
        for name, rule in ALERTS.items():
            self.assertIn(rule["labels"]["severity"], ("critical", "warning"), name)
            self.assertEqual(set(rule["annotations"]), {"summary", "description", "runbook"}, name)
            path = ROOT / rule["annotations"]["runbook"]
            self.assertTrue(path.exists(), path)
            self.assertTrue(name.startswith(path.stem), name)
            named.add(path)
        self.assertEqual(named, set(RUNBOOKS.glob("*.md")))

    def test_runbooks_say_what_it_means_how_to_see_and_what_to_do(self):
        known = metrics.series() | set(RECORDS) | metrics.OTHERS | set(metrics.inventory())
        for path in RUNBOOKS.glob("*.md"):
            text = path.read_text()
            headings = re.findall(r"^#+ (.*)$", re.sub(r"```.*?```", "", text, flags=re.S), re.M)
            self.assertEqual(headings, [path.stem, "What it means", "How to see", "What to do"], path.name)
            for block in re.findall(r"```promql\n(.*?)```", text, re.S):
                for line in block.strip().splitlines():
                    self.assertEqual(metrics.used(line)[0] - known, set(), path.name)
            for name in re.findall(r"`((?:errand|process)[_:][a-z0-9_:]+)`", text):
                self.assertIn(name, known, path.name)


class DashboardTests(unittest.TestCase):
    def test_are_those_that_are_wanted(self):
        self.assertEqual(set(DASHBOARDS), {"errand-overview", "errand-events", "errand-reminders", "errand-database"})

    def test_use_what_a_server_exports_and_what_rules_record(self):
        known = metrics.series() | set(RECORDS) | metrics.OTHERS
        labels = metrics.ADDED.union(*(row[1] for row in metrics.inventory().values()))
        for name, dashboard in DASHBOARDS.items():
            for title, query in queries(dashboard):
                used, asked = metrics.used(query)
                self.assertEqual(used - known, set(), f"{name}: {title}")
                self.assertEqual(asked - labels, set(), f"{name}: {title}")

    def test_every_metric_of_ours_is_shown_somewhere(self):
        shown = set()
        for query in [query for dashboard in DASHBOARDS.values() for _, query in queries(dashboard)] + list(RECORDS.values()):
            shown |= {re.sub(r"_(bucket|sum|count)$", "", name) for name in metrics.used(query)[0]}
        self.assertEqual(set(metrics.inventory()) - shown, set())

    def test_show_exemplars_of_what_has_them(self):
        marked = {metric for metric in metrics.inventory() if f"`{metric}`" in
                  re.search(r"\*\*exemplars\*\*.*?\n\n", metrics.DOCUMENT.read_text(), re.S).group(0)}
        self.assertEqual(len(marked), 2)
        for name, dashboard in DASHBOARDS.items():
            for panel in dashboard["panels"]:
                for target in panel["targets"]:
                    names = {re.sub("_bucket$", "", one) for one in metrics.used(target["expr"])[0] if one.endswith("_bucket")}
                    self.assertEqual(target.get("exemplar", False), bool(names & marked), f"{name}: {panel['title']}")

    def test_are_laid_out_and_can_be_told_apart(self):
        for name, dashboard in DASHBOARDS.items():
            self.assertEqual(dashboard["uid"], name)
            self.assertNotIn("id", dashboard, "it is Grafana that numbers them")
            ids = [panel["id"] for panel in dashboard["panels"]]
            self.assertEqual(len(ids), len(set(ids)))
            taken = set()
            for panel in dashboard["panels"]:
                self.assertTrue(panel["title"] and panel["fieldConfig"]["defaults"]["unit"], f"{name} {panel['id']}")
                self.assertEqual(panel["datasource"], {"type": "prometheus", "uid": "${source}"})
                at = panel["gridPos"]
                for x in range(at["x"], at["x"] + at["w"]):
                    for y in range(at["y"], at["y"] + at["h"]):
                        self.assertLess(x, 24)
                        self.assertNotIn((x, y), taken, f"{name}: {panel['title']}")
                        taken.add((x, y))


class DeploymentTests(unittest.TestCase):
    """Chart and Compose bring rules and dashboards along."""

    def test_the_chart_makes_them_for_the_operator_where_it_is_told_to(self):
        everything = [item for item in yaml.safe_load_all(run(
            "helm", "template", "errand", CHART, "--namespace", "errand", "--values", values_file("prod"), *VERSION,
            "--set", "monitoring.enabled=true", "--set", "monitoring.labels.release=prometheus").stdout) if item]
        made = {(item["kind"], item["metadata"]["name"]): item for item in everything}
        monitor, rule = made["PodMonitor", "errand"], made["PrometheusRule", "errand"]
        for item in (monitor, rule):
            self.assertEqual(item["apiVersion"], "monitoring.coreos.com/v1")
            self.assertEqual(item["metadata"]["labels"]["release"], "prometheus")
            self.assertEqual(item["metadata"]["namespace"], "errand")
        self.assertEqual(rule["spec"]["groups"], RULES)
        # The job is then <namespace>/<name>, which the rules know.
        self.assertRegex("errand/" + monitor["metadata"]["name"], "^(.+/)?errand$")
        [endpoint] = monitor["spec"]["podMetricsEndpoints"]
        asked = set(monitor["spec"]["selector"]["matchLabels"].items())
        for item in everything:
            if item["kind"] in ("Deployment", "StatefulSet"):
                pod = item["spec"]["template"]
                self.assertLessEqual(asked, set(pod["metadata"]["labels"].items()))
                ports = {port["name"]: port["containerPort"] for port in pod["spec"]["containers"][0]["ports"]}
                self.assertEqual(ports[endpoint["port"]], swift.INTERNAL_PORT)
        self.assertIn(endpoint["path"], swift.PROBES)
        boards = made["ConfigMap", "errand-dashboards"]
        self.assertEqual(boards["metadata"]["labels"]["grafana_dashboard"], "1")
        self.assertEqual({name: json.loads(text) for name, text in boards["data"].items()},
                         {f"{name}.json": dashboard for name, dashboard in DASHBOARDS.items()})
        self.assertLess(len(json.dumps(boards)), 900_000, "a ConfigMap has no more room")

    def test_the_chart_leaves_them_out_by_itself(self):
        text = run("helm", "template", "errand", CHART, "--values", values_file("prod"), *VERSION).stdout
        self.assertNotIn("monitoring.coreos.com", text)

    def test_compose_mounts_them(self):
        file = yaml.safe_load((ROOT / "docker-compose.redpanda.yml").read_text())
        volumes = {name: service.get("volumes", []) for name, service in file["services"].items()}
        self.assertIn("./k8s/monitoring/rules.yaml:/etc/prometheus/rules.yaml:ro", volumes["prometheus"])
        self.assertIn("./k8s/monitoring/dashboards:/etc/errand/dashboards:ro", volumes["grafana"])
        provider = yaml.safe_load(file["configs"]["dashboards"]["content"])["providers"][0]
        self.assertEqual(provider["options"]["path"], "/etc/errand/dashboards")
        with tempfile.TemporaryDirectory() as folder:
            text = file["configs"]["prometheus"]["content"]
            with open(f"{folder}/prometheus.yml", "w", encoding="utf-8") as config:
                config.write(text.replace("/etc/prometheus/rules.yaml", str(MONITORING / "rules.yaml")))
            run("promtool", "check", "config", f"{folder}/prometheus.yml")
        [errand] = [job for job in yaml.safe_load(text)["scrape_configs"] if job["job_name"] == "errand"]
        self.assertNotIn("metrics_path", errand)

    def test_what_is_seen_in_compose_leads_to_its_trace(self):
        file = yaml.safe_load((ROOT / "docker-compose.redpanda.yml").read_text())
        self.assertIn("--enable-feature=exemplar-storage", file["services"]["prometheus"]["command"])
        sources = {source["name"]: source for source in yaml.safe_load(file["configs"]["grafana"]["content"])["datasources"]}
        [mark] = sources["Prometheus"]["jsonData"]["exemplarTraceIdDestinations"]
        self.assertEqual(mark, {"name": "trace_id", "datasourceUid": sources["Jaeger"]["uid"]})
        [field] = sources["Loki"]["jsonData"]["derivedFields"]
        self.assertEqual(field["datasourceUid"], sources["Jaeger"]["uid"])
        # Compose makes one of two, and Grafana reads one of two as a sign that is none of its variables.
        self.assertEqual(field["url"], "$$$${__value.raw}")
        line = '{"time":"2026-01-01T00:00:00.000Z","trace_id":"' + "ab" * 16 + '","user":"x"}'
        self.assertEqual(re.search(field["matcherRegex"], line).group(1), "ab" * 16)
        for role in swift.ROLES:
            self.assertIn("OTEL_EXPORTER_OTLP_ENDPOINT", file["services"][role]["environment"])


if __name__ == "__main__":
    unittest.main()
