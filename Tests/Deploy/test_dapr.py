"""Resources of Dapr and Kafka: their shapes, and that they say what the program says."""

import unittest

import jsonschema
import yaml

import swift_facts as swift
from tools import CHART, ROOT

DAPR, KAFKA = ROOT / "k8s/dapr", ROOT / "k8s/kafka"
NAME = {"type": "string", "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"}
TEXT, TRUE = {"type": "string"}, {"type": "boolean"}
DURATION = {"type": "string", "pattern": "^([0-9]+(ms|s|m|h))+$"}


def shape(properties, required=(), **more):
    return {"type": "object", "additionalProperties": False, "properties": properties, "required": list(required), **more}


def table(item):
    return {"type": "object", "additionalProperties": item}


def items(item):
    return {"type": "array", "items": item}


# What the resource definitions of Dapr 1.19 have, as far as it is used.
REFERENCE = shape({"name": NAME, "key": TEXT}, ["name", "key"])
POLICY = shape({"timeout": NAME, "retry": NAME, "circuitBreaker": NAME})
SPECS = {
    ("dapr.io/v1alpha1", "Component"): shape({
        "type": TEXT, "version": {"enum": ["v1", "v2"]}, "initTimeout": DURATION, "ignoreErrors": TRUE,
        "metadata": items(shape({"name": TEXT, "value": TEXT, "secretKeyRef": REFERENCE}, ["name"],
                                oneOf=[{"required": ["value"]}, {"required": ["secretKeyRef"]}])),
    }, ["type", "version", "metadata"]),
    ("dapr.io/v2alpha1", "Subscription"): shape({
        "pubsubname": NAME, "topic": TEXT, "deadLetterTopic": TEXT, "metadata": table(TEXT),
        "routes": shape({"default": {"type": "string", "pattern": "^/"}, "rules": {"type": "array"}}, ["default"]),
        "bulkSubscribe": shape({"enabled": TRUE, "maxMessagesCount": {"type": "integer"},
                                "maxAwaitDurationMs": {"type": "integer"}}, ["enabled"]),
    }, ["pubsubname", "topic", "routes"]),
    ("dapr.io/v1alpha1", "Resiliency"): shape({
        "policies": shape({
            "timeouts": table(DURATION),
            "retries": table(shape({
                "policy": {"enum": ["constant", "exponential"]}, "duration": DURATION, "maxInterval": DURATION,
                "maxRetries": {"type": "integer"}, "matching": shape({"httpStatusCodes": TEXT, "gRPCStatusCodes": TEXT}),
            }, ["policy", "maxRetries"])),
            "circuitBreakers": table({"type": "object"}),
        }),
        "targets": shape({"apps": table(POLICY), "components": table(shape({"inbound": POLICY, "outbound": POLICY}))}),
    }, ["policies", "targets"]),
    ("dapr.io/v1alpha1", "Configuration"): shape({
        "tracing": shape({
            "samplingRate": TEXT, "stdout": TRUE,
            "otel": shape({"endpointAddress": {"type": "string", "pattern": "^[^/]+:[0-9]+$"},
                           "protocol": {"enum": ["grpc", "http"]}, "isSecure": TRUE}, ["endpointAddress", "protocol"]),
        }),
        "metrics": shape({"enabled": TRUE, "recordErrorCodes": TRUE, "http": shape({"increasedCardinality": TRUE})}),
        "logging": shape({"apiLogging": shape({"enabled": TRUE, "omitHealthChecks": TRUE})}),
        "secrets": shape({"scopes": items(shape({
            "storeName": NAME, "defaultAccess": {"enum": ["allow", "deny"]}, "allowedSecrets": items(TEXT)}))}),
        "accessControl": shape({
            "defaultAction": {"const": "deny"}, "trustDomain": TEXT,
            "policies": items(shape({
                "appId": NAME, "namespace": NAME, "trustDomain": TEXT, "defaultAction": {"const": "deny"},
                "operations": items(shape({
                    "name": {"type": "string", "pattern": "^/"}, "httpVerb": items(TEXT),
                    "action": {"enum": ["allow", "deny"]}}, ["name", "httpVerb", "action"])),
            }, ["appId", "namespace", "trustDomain", "defaultAction", "operations"])),
        }, ["defaultAction", "trustDomain", "policies"]),
    }),
}


def read(folder, pattern="*.yaml"):
    return [item for path in sorted(folder.glob(pattern)) for item in yaml.safe_load_all(path.read_text()) if item]


def metadata_of(component):
    return {entry["name"]: entry.get("value", entry.get("secretKeyRef")) for entry in component["spec"]["metadata"]}


def scopes(text):
    """`app=a,b;other=` as a table."""
    return {app: sorted(filter(None, topics.split(","))) for app, _, topics in
            (part.partition("=") for part in text.split(";"))}


class DaprTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.components = {item["metadata"]["name"]: item for item in read(DAPR / "components")}
        cls.subscriptions = read(DAPR / "subscriptions")
        cls.everything = read(DAPR, "*/*.yaml") + read(DAPR / "components/optional")
        cls.roles = [role for role in swift.ROLES if role != "frontend"]

    def test_have_the_shape_of_their_definitions(self):
        for item in self.everything:
            spec = SPECS[(item["apiVersion"], item["kind"])]
            whole = shape({"apiVersion": TEXT, "kind": TEXT, "metadata": shape({"name": NAME}, ["name"]), "spec": spec,
                           "auth": shape({"secretStore": NAME}), "scopes": items({"enum": swift.ROLES})},
                          ["apiVersion", "kind", "metadata", "spec"])
            jsonschema.validate(item, whole)

    def test_a_wrong_shape_would_be_noticed(self):
        item = self.subscriptions[0]["spec"] | {"deadletterTopic": "dlq"}
        with self.assertRaises(jsonschema.ValidationError):
            jsonschema.validate(item, SPECS[("dapr.io/v2alpha1", "Subscription")])

    def test_every_role_is_subscribed_to_what_it_reads(self):
        found = {}
        for item in self.subscriptions:
            spec, [role] = item["spec"], item["scopes"]
            letters = swift.dead_letters(role)
            if spec["topic"] == letters:
                self.assertEqual(spec["routes"]["default"], swift.DEAD_LETTERS_PATH)
                self.assertNotIn("deadLetterTopic", spec)
                self.assertIn(role, swift.CONSUMERS)
                continue
            bulk = spec.get("bulkSubscribe", {}).get("enabled", False)
            self.assertEqual(spec["routes"]["default"], f"/events/{spec['topic']}" + ("/bulk" if bulk else ""))
            self.assertEqual(bulk, role == "audit-service")
            self.assertEqual(spec["deadLetterTopic"], letters)
            updates = spec["topic"] == swift.TOPICS["taskUpdates"]
            self.assertEqual(spec["pubsubname"], "pubsub-live" if updates else "pubsub")
            found.setdefault(role, []).append(spec["topic"])
        self.assertEqual({role: sorted(topics) for role, topics in found.items()}, swift.topics_by_role())
        letters = sorted(item["scopes"][0] for item in self.subscriptions if item["spec"]["topic"].startswith("dlq-"))
        self.assertEqual(letters, sorted(swift.CONSUMERS))

    def test_roles_may_publish_and_read_what_they_do_and_no_more(self):
        pubsub, live = metadata_of(self.components["pubsub"]), metadata_of(self.components["pubsub-live"])
        topics = sorted(swift.TOPICS.values())
        self.assertEqual(scopes(pubsub["publishingScopes"]), {
            "chat-api": topics, **{role: [swift.dead_letters(role)] for role in swift.CONSUMERS}})
        reads = swift.topics_by_role()
        self.assertEqual(scopes(pubsub["subscriptionScopes"]), {
            "chat-api": [], **{role: sorted(reads[role] + [swift.dead_letters(role)]) for role in swift.CONSUMERS}})
        self.assertEqual(scopes(live["publishingScopes"]), {"websocket-service": [swift.dead_letters("websocket-service")]})
        self.assertEqual(scopes(live["subscriptionScopes"]), {"websocket-service": reads["websocket-service"]})
        self.assertEqual(self.components["pubsub"]["scopes"], ["chat-api", *swift.CONSUMERS])
        self.assertEqual(self.components["pubsub-live"]["scopes"], ["websocket-service"])

    def test_events_are_signed_for_and_kept_in_order(self):
        for name in ("pubsub", "pubsub-live"):
            values = metadata_of(self.components[name])
            self.assertEqual((values["authType"], values["saslMechanism"]), ("password", "SHA-512"))
            for field in ("saslUsername", "saslPassword", "brokers", "caCert", "disableTls"):
                self.assertEqual(values[field]["name"], "errand-kafka")
            self.assertGreaterEqual(int(values["maxMessageBytes"]), 1_048_576)
        self.assertEqual(metadata_of(self.components["pubsub"])["initialOffset"], "oldest")
        self.assertIn("{podName}", metadata_of(self.components["pubsub-live"])["consumerGroup"])

    def test_only_the_one_who_keeps_conversations_has_a_state_store(self):
        [redis] = [item for item in read(DAPR / "components/optional") if item["spec"]["type"] == "state.redis"]
        for store in (self.components["statestore"], redis):
            self.assertEqual((store["metadata"]["name"], store["scopes"]), ("statestore", ["chat-api"]))
            self.assertEqual(metadata_of(store)["keyPrefix"], "none")

    def test_the_sweep_comes_where_the_program_takes_it(self):
        sweep = self.components[swift.SWEEP_PATH.strip("/")]
        self.assertEqual((sweep["spec"]["type"], sweep["scopes"]), ("bindings.cron", ["chat-api"]))
        self.assertEqual(metadata_of(sweep)["direction"], "input")

    def test_names_are_those_of_the_chart(self):
        dapr = yaml.safe_load((CHART / "values.yaml").read_text())["dapr"]
        self.assertEqual({dapr["pubsub"], dapr["updatesPubsub"], dapr["stateStore"]},
                         set(self.components) - {"sweep-reminders"})
        self.assertEqual({item["metadata"]["name"] for item in read(DAPR / "config")}, {"errand", "chat-api", "frontend"})

    def test_nobody_invokes_but_the_frontend_and_that_the_api_alone(self):
        for item in read(DAPR / "config"):
            policies = item["spec"]["accessControl"]["policies"]
            if item["metadata"]["name"] != "chat-api":
                self.assertEqual(policies, [])
                continue
            self.assertEqual([policy["appId"] for policy in policies], ["frontend"])
            allowed = {operation["name"] for operation in policies[0]["operations"]}
            for branch in swift.BRANCHES:
                self.assertIn(f"/{branch}/**", allowed)
            for leaf in swift.LEAVES:
                self.assertIn(f"/{leaf}", allowed)
            roots = {name.strip("/").split("/")[0] for name in allowed}
            self.assertEqual(roots, set(swift.BRANCHES) | set(swift.LEAVES))

    def test_every_subscription_has_a_policy_and_no_breaker(self):
        [resiliency] = read(DAPR / "resiliency")
        spec = resiliency["spec"]
        self.assertEqual(set(spec["targets"]["components"]), {item["spec"]["pubsubname"] for item in self.subscriptions})
        for target in [*spec["targets"]["components"].values()]:
            for direction in target.values():
                self.assertNotIn("circuitBreaker", direction)
                self.assertIn(direction["retry"], spec["policies"]["retries"])
                self.assertIn(direction["timeout"], spec["policies"]["timeouts"])
        # Some of what is invoked may be done only once.
        self.assertEqual(spec["targets"]["apps"], {"chat-api": {"timeout": "invoke"}})
        self.assertEqual(resiliency["scopes"], swift.ROLES)

    def test_the_guide_shows_what_is_here(self):
        guide = (ROOT / "docs/guides/dapr.md").read_text()
        blocks = "\n---\n".join(part.split("```")[0] for part in guide.split("```yaml")[1:])
        shown = {item["metadata"]["name"]: item for item in yaml.safe_load_all(blocks)
                 if item and item.get("kind") == "Resiliency"}
        [ours] = read(DAPR / "resiliency")
        self.assertEqual(shown["errand"]["spec"]["policies"], ours["spec"]["policies"])


class KafkaTests(unittest.TestCase):
    def test_topics_are_those_of_the_program(self):
        wanted = {topic: 12 for topic in swift.TOPICS.values()}
        wanted |= {swift.dead_letters(role): 1 for role in [*swift.CONSUMERS, "websocket-service"]}
        for folder, kind in (("strimzi", "KafkaTopic"), ("redpanda", "Topic")):
            topics = [item for item in read(KAFKA / folder) if item["kind"] == kind]
            self.assertEqual({item["metadata"]["name"]: item["spec"]["partitions"] for item in topics}, wanted)
            for item in topics:
                self.assertEqual(item["spec"].get("replicas", item["spec"].get("replicationFactor")), 3)
        compose = yaml.safe_load((ROOT / "docker-compose.redpanda.yml").read_text())
        made = [line.split() for line in compose["services"]["topics"]["command"][0].splitlines()[1:]]
        self.assertEqual({line[2]: int(line[1]) for line in made}, wanted)
        retention = {item["metadata"]["name"]: str(item["spec"]["config"]["retention.ms"])
                     for item in read(KAFKA / "strimzi") if item["kind"] == "KafkaTopic"}
        self.assertEqual({line[2]: line[3] for line in made}, retention)

    def test_the_user_may_do_what_roles_need_and_no_more(self):
        topics = {*swift.TOPICS.values(), *(swift.dead_letters(role) for role in [*swift.CONSUMERS, "websocket-service"])}
        groups = {*swift.CONSUMERS, "websocket-service", "live-"}
        for folder, kind in (("strimzi", "KafkaUser"), ("redpanda", "User")):
            [user] = [item for item in read(KAFKA / folder) if item["kind"] == kind]
            rights = user["spec"]["authorization"]["acls"]
            self.assertEqual({right["resource"]["name"] for right in rights if right["resource"]["type"] == "topic"}, topics)
            self.assertEqual({right["resource"]["name"] for right in rights if right["resource"]["type"] == "group"}, groups)
            self.assertEqual({operation for right in rights for operation in right["operations"]},
                             {"Read", "Write", "Describe"})
            self.assertEqual(user["spec"]["authentication"]["type"], "scram-sha-512")

    def test_brokers_take_nothing_in_the_open_and_make_no_topics(self):
        [kafka] = [item for item in read(KAFKA / "strimzi") if item["kind"] == "Kafka"]
        for listener in kafka["spec"]["kafka"]["listeners"]:
            self.assertTrue(listener["tls"] and listener["authentication"])
        self.assertIs(kafka["spec"]["kafka"]["config"]["auto.create.topics.enable"], False)
        [redpanda] = [item for item in read(KAFKA / "redpanda") if item["kind"] == "Redpanda"]
        spec = redpanda["spec"]["clusterSpec"]
        self.assertTrue(spec["tls"]["enabled"] and spec["auth"]["sasl"]["enabled"])
        self.assertIs(spec["config"]["cluster"]["auto_create_topics_enabled"], False)


if __name__ == "__main__":
    unittest.main()
