"""The chart: what it makes in every environment, held against schemas, rules, the program and golden files."""

import copy
import difflib
import functools
import json
import os
import re
import unittest

import jsonschema
import kubernetes_validate
import yaml

import rules
import swift_facts as swift
from tools import CHART, ENVIRONMENTS, GOLDEN, ROOT, VERSION, manifest, run, values_file

# The three that are supported now.
KUBERNETES = ["1.35", "1.36", "1.37"]
DISTRIBUTED = [name for name in ENVIRONMENTS if name != "oke-always-free"]


# libyaml is ten times as quick.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@functools.cache
def read(environment, *more):
    return [item for item in yaml.load_all(manifest(environment, *more), LOADER) if item]


def objects(environment, *more):
    return copy.deepcopy(read(environment, *more))


def kinds(environment, kind, *more):
    return {item["metadata"]["name"]: item for item in read(environment, *more) if item["kind"] == kind}


def workloads(environment, *more):
    """By name; not to be changed."""
    return {**kinds(environment, "Deployment", *more), **kinds(environment, "StatefulSet", *more)}


def container(workload):
    return workload["spec"]["template"]["spec"]["containers"][0]


def environment_of(workload):
    return {entry["name"]: entry.get("value", entry.get("valueFrom")) for entry in container(workload)["env"]}


# Settings with which nothing of the chart is left out.
KAFKA = ("--set", "bus=kafka", "--set", "roles.frontend.enabled=false")
VARIANTS = [
    ("prod", *KAFKA),
    ("prod", "--set", "bus=log", "--set", "roles.frontend.enabled=false"),
    ("prod", "--set", "exposure.kind=none"),
    ("prod", "--set", "exposure.kind=gateway", "--set", "exposure.gateway.create=false", "--set",
     "exposure.gateway.namespace=gateways"),
    ("prod", "--set", "exposure.tls.mode=secret", "--set", "image.pullSecrets[0].name=registry", "--set",
     "priorityClassName=high", "--set", "env.ERRAND_SYNCHRONOUS=full", "--set",
     "roles.notification-service.secretEnv.SMTP_URL.name=mail", "--set",
     "roles.notification-service.secretEnv.SMTP_URL.key=url"),
    ("prod", "--set", "image.tag=", "--set", "image.digest=sha256:" + "0" * 64),
    ("prod", "--set", "zoneData.hostPath=/usr/share/zoneinfo"),
    ("dev", "--set", "migration.enabled=false", "--set", "networkPolicy.outside.enabled=false"),
]
EVERYTHING = [(name,) for name in ENVIRONMENTS] + VARIANTS


class ChartTests(unittest.TestCase):
    def test_lints_without_a_warning_everywhere(self):
        for name in ENVIRONMENTS:
            run("helm", "lint", "--strict", CHART, "--values", values_file(name), *VERSION)

    def test_every_manifest_is_valid_in_the_supported_versions(self):
        seen = set()
        for which in EVERYTHING:
            for item in read(*which):
                # Much is the same in every environment; names and labels of settings do not make another shape.
                text = json.dumps(item, sort_keys=True)
                if text in seen:
                    continue
                seen.add(text)
                if item["apiVersion"] in ("gateway.networking.k8s.io/v1", "networking.gke.io/v1"):
                    continue  # resource definitions: see test_the_gateway_has_the_shape_of_its_definition
                for version in KUBERNETES:
                    kubernetes_validate.validate(item, version, strict=True)

    def test_a_wrong_type_would_be_noticed(self):
        [item] = [one for one in objects("prod") if one["metadata"]["name"] == "chat-api" and one["kind"] == "Deployment"]
        item["spec"]["revisionHistoryLimit"] = "five"
        with self.assertRaises(kubernetes_validate.ValidationError):
            kubernetes_validate.validate(item, KUBERNETES[0], strict=True)

    def test_no_rule_of_ours_is_broken(self):
        for which in EVERYTHING:
            with self.subTest(" ".join(which)):
                self.assertEqual(list(rules.complaints(objects(*which))), [])

    def test_the_rules_notice_what_they_are_for(self):
        def broken(change):
            found = objects("prod")
            change(next(one for one in found if one["kind"] == "Deployment"))
            return list(rules.complaints(found))

        def spec(item):
            return item["spec"]["template"]["spec"]

        for change in (
            lambda item: spec(item).pop("securityContext"),
            lambda item: spec(item).update(automountServiceAccountToken=True),
            lambda item: spec(item).update(serviceAccountName="default"),
            lambda item: spec(item).update(hostNetwork=True),
            lambda item: spec(item)["volumes"].append({"name": "x", "hostPath": {"path": "/"}}),
            lambda item: spec(item)["volumes"].append({"name": "tmp", "hostPath": {
                "path": "/usr/share/zoneinfo", "type": "Directory"}}),
            lambda item: container(item)["securityContext"].update(readOnlyRootFilesystem=False),
            lambda item: container(item)["securityContext"].update(allowPrivilegeEscalation=True),
            lambda item: container(item)["securityContext"].update(capabilities={"drop": ["NET_RAW"]}),
            lambda item: container(item)["resources"].pop("limits"),
            lambda item: container(item).update(image="ghcr.io/errand/errand:latest"),
            lambda item: container(item).update(image="ghcr.io/errand/errand"),
            lambda item: container(item)["env"].append({"name": "DATABASE_URL", "value": "postgres://a:b@c/d"}),
            lambda item: container(item).pop("readinessProbe"),
            lambda item: container(item)["livenessProbe"].update(httpGet={"path": "/readyz", "port": "internal"}),
            lambda item: item["spec"].update(replicas=2),
            lambda item: spec(item).pop("topologySpreadConstraints"),
            lambda item: item["metadata"]["labels"].clear(),
        ):
            self.assertNotEqual(broken(change), [])

    def test_the_gateway_has_the_shape_of_its_definition(self):
        [gateway] = kinds("gke", "Gateway").values()
        self.assertEqual(gateway["spec"]["gatewayClassName"], "gke-l7-global-external-managed")
        self.assertEqual([listener["port"] for listener in gateway["spec"]["listeners"]], [80, 443])
        for name in ("aks", "doks"):
            [gateway] = kinds(name, "Gateway").values()
            self.assertEqual(gateway["spec"]["listeners"][1]["tls"]["certificateRefs"][0]["kind"], "Secret")
        for name in ("aks", "doks", "gke"):
            routes = kinds(name, "HTTPRoute")
            self.assertEqual(routes["errand"]["spec"]["parentRefs"], [{"name": "errand", "sectionName": "https"}])
            redirect = routes["errand-to-https"]["spec"]["rules"][0]["filters"][0]["requestRedirect"]
            self.assertEqual(redirect["scheme"], "https")
        for name, policy in kinds("gke", "HealthCheckPolicy").items():
            asked = policy["spec"]["default"]["config"]["httpHealthCheck"]
            self.assertEqual((asked["port"], policy["spec"]["targetRef"]["name"]), (swift.INTERNAL_PORT, name))
            self.assertIn(asked["requestPath"], swift.PROBES)
            network = rules.Network(read("gke"))
            labels = {"app.kubernetes.io/name": "errand", "app.kubernetes.io/instance": "errand",
                      "app.kubernetes.io/component": name}
            self.assertTrue(network.allows(labels, "Ingress", swift.INTERNAL_PORT, address="35.191.0.0/16"))
        backends = kinds("gke", "GCPBackendPolicy")
        self.assertGreaterEqual(backends["websocket-service"]["spec"]["default"]["timeoutSec"], 3600)

    def test_looks_as_it_was_reviewed(self):
        """Golden files: production as it is, the others as what is different there. ERRAND_SNAPSHOTS=1 writes them."""
        base = manifest("prod")
        for name in ENVIRONMENTS:
            text = base if name == "prod" else "".join(difflib.unified_diff(
                base.splitlines(True), manifest(name).splitlines(True), "prod", name, n=1))
            path = GOLDEN / (f"{name}.yaml" if name == "prod" else f"{name}.diff")
            if os.environ.get("ERRAND_SNAPSHOTS"):
                path.write_text(text)
            self.assertEqual(path.read_text(), text, f"{path.name} is not what the chart makes; see ERRAND_SNAPSHOTS")


class ValuesTests(unittest.TestCase):
    """What is wrong is refused before anything reaches a cluster."""

    schema = json.loads((CHART / "values.schema.json").read_text())

    @staticmethod
    def complaint(*settings):
        """What Helm says, or "" when it takes them."""
        answer = run("helm", "template", "errand", CHART, "--values", values_file("prod"), *VERSION,
                     *[part for setting in settings for part in ("--set", setting)], check=False)
        return answer.stderr if answer.returncode else ""

    def refused(self, setting):
        """The same by the schema alone, which takes a hundredth of the time."""
        path, _, text = setting.partition("=")
        value = {"": "", "true": True, "false": False}.get(text, int(text) if re.fullmatch(r"-?\d+", text) else text)
        for part in reversed(path.split(".")):
            name, index = part.removesuffix("[0]"), part.endswith("[0]")
            value = {name: [value] if index else value}
        values = yaml.load((CHART / "values.yaml").read_text(), LOADER)

        def merge(old, new):
            for key, item in new.items():
                if isinstance(item, dict) and isinstance(old.get(key), dict):
                    merge(old[key], item)
                else:
                    old[key] = item

        merge(values, value)
        with self.assertRaises(jsonschema.ValidationError, msg=setting) as caught:
            jsonschema.validate(values, self.schema)
        return str(caught.exception)

    def test_the_values_themselves_are_taken(self):
        jsonschema.validate(yaml.load((CHART / "values.yaml").read_text(), LOADER), self.schema)

    def test_helm_refuses_by_the_schema(self):
        self.assertIn("logLevle", self.complaint("settings.logLevle=debug"))
        self.assertIn("bus", self.complaint("bus=rabbit"))

    def test_typos_are_refused_by_name(self):
        for setting, word in (
            ("replicas=3", "replicas"), ("roles.chat-api.replica=3", "replica"), ("roles.chatapi.enabled=true", "chatapi"),
            ("image.tags=1", "tags"), ("exposure.tls.mod=off", "mod"), ("networkPolicy.database.portt=1", "portt"),
            ("settings.logLevle=debug", "logLevle"), ("env.ERAND_PORT=1", "ERAND_PORT"),
        ):
            self.assertIn(word, self.refused(setting))

    def test_wrong_values_are_refused(self):
        for setting in (
            "bus=rabbit", "settings.logLevel=loud", "settings.databaseConnections=2", "settings.databaseConnections=ten",
            "roles.chat-api.autoscaling.cpu=170", "roles.chat-api.replicas=-1", "image.tag=latest", "image.digest=abc",
            "publicURL=errand.example", "publicURL=https://errand.example/", "exposure.kind=nodePort",
            "roles.chat-api.resources.limits.memory=lots", "networkPolicy.database.cidrs[0]=everywhere",
            "zoneData.hostPath=/etc", "zoneData.hostPath=usr/share/zoneinfo",
        ):
            self.refused(setting)

    def test_secrets_in_the_open_are_refused(self):
        for name in ("SMTP_URL", "OPENAI_API_KEY", "VAPID_PRIVATE_KEY", "KAFKA_PASSWORD", "DATABASE_URL", "APP_API_TOKEN",
                     "OTEL_EXPORTER_OTLP_HEADERS"):
            self.refused(f"env.{name}=x")
            self.refused(f"roles.chat-api.env.{name}=x")

    def test_what_cannot_work_together_is_refused_in_words(self):
        for settings, word in (
            (["image.tag="], "image.tag"), (["publicURL="], "publicURL"), (["bus=kafka"], "roles.frontend"),
            (["roles.all.enabled=true"], "roles.all"), (["roles.audit-service.enabled=false"], "roles.audit-service"),
            (["exposure.kind=loadBalancer"], "load balancer"), (["publicURL=http://errand.example"], "https"),
            (["exposure.host="], "exposure.host"), (["exposure.kind=gateway"], "className"),
        ):
            self.assertIn(word, self.complaint(*settings))

    def test_the_schema_knows_every_value_and_no_other(self):
        schema = json.loads((CHART / "values.schema.json").read_text())
        values = yaml.safe_load((CHART / "values.yaml").read_text())

        def compare(at, node, value):
            if node.get("type") != "object" or "properties" not in node:
                return
            self.assertIs(node.get("additionalProperties"), False, f"{at} takes anything")
            known = set(node["properties"]) - {"global", "env", "secretEnv"}
            self.assertEqual(known, set(value) - {"env", "secretEnv"}, at)
            for name in known:
                compare(f"{at}.{name}", node["properties"][name], value[name])

        compare("values", schema, values)

    def test_every_value_is_used(self):
        templates = "\n".join(path.read_text() for path in (CHART / "templates").rglob("*.*"))
        values = yaml.safe_load((CHART / "values.yaml").read_text())
        values["roles"] = {"one": values["roles"]["chat-api"]}

        def names(node):
            for name, value in node.items():
                yield name
                if isinstance(value, dict):
                    yield from names(value)

        for name in set(names(values)) - {"one", "requests", "limits", "cpu", "memory"}:
            self.assertRegex(templates, rf"\.{name}\b", f"nothing uses {name}")


class RoleTests(unittest.TestCase):
    """Values that exist twice: in Swift, and here."""

    def test_roles_are_those_of_the_program(self):
        values = yaml.safe_load((CHART / "values.yaml").read_text())
        self.assertEqual(set(values["roles"]), set(swift.ROLES) | {"all"})
        for name in DISTRIBUTED:
            self.assertEqual(set(workloads(name)), set(swift.ROLES), name)
            for role, workload in workloads(name).items():
                self.assertEqual(environment_of(workload)["ERRAND_ROLE"], role)
                annotations = workload["spec"]["template"]["metadata"]["annotations"]
                self.assertEqual(annotations["dapr.io/app-id"], role)
                self.assertEqual(annotations["dapr.io/app-port"], str(swift.INTERNAL_PORT))
        [everything] = workloads("oke-always-free").values()
        self.assertNotIn("ERRAND_ROLE", environment_of(everything))

    def test_ports_and_probes_are_those_of_the_program(self):
        for which in EVERYTHING:
            for role, workload in workloads(*which).items():
                ports = {port["name"]: port["containerPort"] for port in container(workload)["ports"]}
                self.assertEqual(ports.pop("internal"), swift.INTERNAL_PORT)
                opens = role in ("chat-api", "websocket-service", "frontend", "errand")
                self.assertEqual(ports, {"public": swift.PUBLIC_PORT} if opens else {}, role)
                environment = environment_of(workload)
                self.assertEqual(environment["ERRAND_PORT"], str(swift.PUBLIC_PORT))
                self.assertEqual(environment["ERRAND_INTERNAL_PORT"], str(swift.INTERNAL_PORT))
                for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
                    self.assertIn(container(workload)[probe]["httpGet"]["path"], swift.PROBES)

    def test_settings_are_names_that_the_program_reads(self):
        known = swift.settings()
        # Set through values only, by names that values.schema.json lists.
        later = {"SMTP_URL"}
        for which in EVERYTHING:
            for workload in workloads(*which).values():
                self.assertEqual(set(environment_of(workload)) - known - later, set())

    def test_secrets_come_by_reference_only(self):
        for which in EVERYTHING:
            self.assertEqual(kinds(which[0], "Secret", *which[1:]), {})
            for role, workload in workloads(*which).items():
                environment = environment_of(workload)
                for name in ("DATABASE_URL", "DAPR_API_TOKEN", "APP_API_TOKEN", "KAFKA_PASSWORD"):
                    if name in environment:
                        self.assertIn("secretKeyRef", environment[name])
                self.assertEqual("DATABASE_URL" in environment, role != "frontend", role)

    def test_live_sync_goes_to_the_websocket_service_and_all_else_to_the_frontend(self):
        for name in DISTRIBUTED:
            ingress, route = kinds(name, "Ingress"), kinds(name, "HTTPRoute")
            if ingress:
                paths = ingress["errand"]["spec"]["rules"][0]["http"]["paths"]
                found = [(path["path"], path["backend"]["service"]["name"]) for path in paths]
            else:
                rule = route["errand"]["spec"]["rules"]
                found = [(one["matches"][0]["path"]["value"], one["backendRefs"][0]["name"]) for one in rule]
                self.assertEqual(rule[0]["timeouts"], {"request": "0s"})
            self.assertEqual(found, [(swift.LIVE_PATH, "websocket-service"), ("/", "frontend")])
        paths = kinds("prod", "Ingress", *KAFKA)["errand"]["spec"]["rules"][0]["http"]["paths"]
        self.assertEqual([path["backend"]["service"]["name"] for path in paths], ["websocket-service", "chat-api"])

    def test_zones_of_nodes_take_the_place_of_those_in_the_image(self):
        zones = {"name": "zoneinfo", "mountPath": "/usr/share/zoneinfo", "readOnly": True}
        for role, workload in workloads("prod", "--set", "zoneData.hostPath=/usr/share/zoneinfo").items():
            self.assertIn(zones, container(workload)["volumeMounts"], role)
            self.assertIn({"name": "zoneinfo", "hostPath": {"path": "/usr/share/zoneinfo", "type": "Directory"}},
                          workload["spec"]["template"]["spec"]["volumes"], role)
        for role, workload in workloads("prod").items():
            self.assertFalse(any("hostPath" in volume for volume in workload["spec"]["template"]["spec"]["volumes"]), role)

    def test_pods_of_the_websocket_service_keep_their_names(self):
        self.assertEqual(set(kinds("prod", "StatefulSet")), {"websocket-service"})

    def test_stateless_roles_scale_from_two_to_five_at_seventy_per_cent(self):
        scalers = kinds("prod", "HorizontalPodAutoscaler")
        self.assertEqual(set(scalers), set(swift.ROLES) - {"websocket-service"})
        for scaler in scalers.values():
            metric = scaler["spec"]["metrics"][0]["containerResource"]
            self.assertEqual(
                (scaler["spec"]["minReplicas"], scaler["spec"]["maxReplicas"], metric["target"]["averageUtilization"]),
                (2, 5, 70))

    def test_the_schema_is_brought_up_to_date_before_new_pods_start(self):
        job = kinds("prod", "Job")["errand-migration"]
        self.assertEqual(job["metadata"]["annotations"]["helm.sh/hook"], "pre-install,pre-upgrade")
        [container_] = job["spec"]["template"]["spec"]["containers"]
        command = (ROOT / "Sources/errand/Commands/Operator/MigrateCommand.swift").read_text()
        self.assertEqual(container_["args"], [re.search('commandName: "(.*?)"', command)[1], "postgres:"])
        for role, workload in workloads("prod").items():
            if role != "frontend":
                self.assertEqual(environment_of(workload)["ERRAND_MIGRATE"], "off")
        for role, workload in workloads("dev", "--set", "migration.enabled=false").items():
            if role != "frontend":
                self.assertEqual(environment_of(workload)["ERRAND_MIGRATE"], "on")

    def test_sidecars_end_after_the_program(self):
        for workload in workloads("prod").values():
            annotations = workload["spec"]["template"]["metadata"]["annotations"]
            self.assertEqual(annotations["dapr.io/enable-native-sidecar"], "true")
            graceful = int(annotations["dapr.io/graceful-shutdown-seconds"])
            block = int(annotations["dapr.io/block-shutdown-duration"].rstrip("s"))
            self.assertLess(graceful + block, workload["spec"]["template"]["spec"]["terminationGracePeriodSeconds"])
            self.assertIn(annotations["dapr.io/app-health-check-path"], swift.PROBES)


class NetworkTests(unittest.TestCase):
    def setUp(self):
        self.network = rules.Network(objects("prod"))

    def labels(self, role):
        return {"app.kubernetes.io/name": "errand", "app.kubernetes.io/instance": "errand",
                "app.kubernetes.io/component": role}

    def allows(self, role, direction, port, **peer):
        if isinstance(peer.get("peer"), str):
            peer["peer"] = self.labels(peer["peer"])
        return self.network.allows(self.labels(role), direction, port, **peer)

    def test_every_pod_is_under_a_policy_in_both_directions(self):
        for which in EVERYTHING:
            everything = objects(*which)
            network = rules.Network(everything)
            for item in everything:
                metadata, _ = rules.pod_of(item)
                if metadata:
                    for direction in ("Ingress", "Egress"):
                        labels = metadata.get("labels") or {}
                        self.assertTrue(network.of(labels, direction), f"{which} {rules.name(item)} {direction}")

    def test_what_is_needed_is_open(self):
        for role in swift.ROLES:
            self.assertTrue(self.allows(role, "Egress", 53, namespace="kube-system", protocol="UDP"), role)
            self.assertTrue(self.allows(role, "Egress", 50006, namespace="dapr-system"), role)
            self.assertTrue(self.allows(role, "Ingress", swift.INTERNAL_PORT, namespace="monitoring"), role)
            self.assertTrue(self.allows(role, "Egress", 4318, namespace="monitoring"), role)
            if role != "frontend":
                self.assertTrue(self.allows(role, "Egress", 5432, address="0.0.0.0/0"), role)
                self.assertTrue(self.allows(role, "Egress", 9093, namespace="kafka"), role)
        for role in ("frontend", "websocket-service", "chat-api"):
            self.assertTrue(self.allows(role, "Ingress", swift.PUBLIC_PORT, namespace="ingress-nginx"), role)
        self.assertTrue(self.allows("migration", "Egress", 5432, address="0.0.0.0/0"))
        self.assertTrue(self.allows("frontend", "Egress", 50002, peer="chat-api"))
        self.assertTrue(self.allows("chat-api", "Ingress", 50002, peer="frontend"))
        self.assertTrue(self.allows("notification-service", "Egress", 443, address="0.0.0.0/0"))
        self.assertTrue(self.allows("test", "Egress", swift.PUBLIC_PORT, peer="frontend"))
        self.assertTrue(self.allows("frontend", "Ingress", swift.PUBLIC_PORT, peer="test"))
        self.assertTrue(self.allows("websocket-service", "Ingress", swift.INTERNAL_PORT, peer="test"))

    def test_what_is_not_needed_is_closed(self):
        for role in swift.ROLES:
            self.assertFalse(self.allows(role, "Ingress", swift.INTERNAL_PORT, namespace="ingress-nginx"), role)
            self.assertFalse(self.allows(role, "Ingress", swift.PUBLIC_PORT, namespace="default"), role)
            self.assertFalse(self.allows(role, "Ingress", swift.INTERNAL_PORT, peer="frontend"), role)
            self.assertFalse(self.allows(role, "Ingress", 3500, peer="frontend"), role)
        for role in set(swift.ROLES) - {"chat-api"}:
            self.assertFalse(self.allows(role, "Ingress", 50002, peer="frontend"), role)
        self.assertFalse(self.allows("frontend", "Egress", 5432, address="0.0.0.0/0"))
        self.assertFalse(self.allows("frontend", "Egress", 9093, namespace="kafka"))
        for role in ("recurring-task-service", "audit-service", "frontend"):
            self.assertFalse(self.allows(role, "Egress", 443, address="0.0.0.0/0"), role)
        for role in swift.CONSUMERS:
            self.assertFalse(self.allows(role, "Ingress", swift.PUBLIC_PORT, namespace="ingress-nginx"), role)


if __name__ == "__main__":
    unittest.main()
