"""A stand-in for the API of Kubernetes that keeps what it is given and says that all went well.

It is no cluster: it knows kinds, names, labels and the status that a healthy controller would write, and nothing of
schemas, admission or scheduling. Real clients speak to it: `helm upgrade --install --wait`, `rollback`, `test`, `kubectl
apply`. Workloads whose image is tagged `broken` never become ready.
"""

import base64
import http.server
import json
import threading
import time
import urllib.parse

import yaml

# group/version: {plural: (kind, namespaced)}
KINDS = {
    "v1": {
        "namespaces": ("Namespace", False), "secrets": ("Secret", True), "configmaps": ("ConfigMap", True),
        "services": ("Service", True), "serviceaccounts": ("ServiceAccount", True), "pods": ("Pod", True),
        "persistentvolumeclaims": ("PersistentVolumeClaim", True), "events": ("Event", True),
    },
    "apps/v1": {
        "deployments": ("Deployment", True), "statefulsets": ("StatefulSet", True),
        "replicasets": ("ReplicaSet", True), "daemonsets": ("DaemonSet", True),
    },
    "batch/v1": {"jobs": ("Job", True)},
    "autoscaling/v2": {"horizontalpodautoscalers": ("HorizontalPodAutoscaler", True)},
    "policy/v1": {"poddisruptionbudgets": ("PodDisruptionBudget", True)},
    "networking.k8s.io/v1": {"networkpolicies": ("NetworkPolicy", True), "ingresses": ("Ingress", True)},
    "gateway.networking.k8s.io/v1": {"gateways": ("Gateway", True), "httproutes": ("HTTPRoute", True)},
    "networking.gke.io/v1": {
        "healthcheckpolicies": ("HealthCheckPolicy", True), "gcpbackendpolicies": ("GCPBackendPolicy", True),
    },
    "dapr.io/v1alpha1": {
        "components": ("Component", True), "configurations": ("Configuration", True),
        "resiliencies": ("Resiliency", True),
    },
    "dapr.io/v2alpha1": {"subscriptions": ("Subscription", True)},
    "kafka.strimzi.io/v1": {
        "kafkas": ("Kafka", True), "kafkanodepools": ("KafkaNodePool", True), "kafkatopics": ("KafkaTopic", True),
        "kafkausers": ("KafkaUser", True),
    },
    "cluster.redpanda.com/v1alpha2": {
        "redpandas": ("Redpanda", True), "topics": ("Topic", True), "users": ("User", True),
    },
}


def fields(data):
    """The fields of a protobuf message: (number, value) with bytes or integers."""
    at = 0

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    while at < len(data):
        key = varint()
        if key & 7 == 0:
            yield key >> 3, varint()
        elif key & 7 == 2:
            length = varint()
            yield key >> 3, data[at:at + length]
            at += length
        else:
            raise ValueError(f"wire type {key & 7}")


def from_protobuf(body):
    """A Secret or a Namespace as clients send them: the envelope of Kubernetes, then metadata=1, data=2, type=3."""
    assert body[:4] == b"k8s\0", "not the envelope of Kubernetes"
    envelope = dict(fields(body[4:]))
    meta = dict(fields(envelope[1]))
    item = {"apiVersion": meta[1].decode(), "kind": meta[2].decode(), "metadata": {"labels": {}}}
    assert item["kind"] in ("Secret", "Namespace"), f"{item['kind']} has other fields"
    for number, value in fields(envelope[2]):
        if number == 1:
            for inner, content in fields(value):
                if inner in (1, 3):
                    item["metadata"]["name" if inner == 1 else "namespace"] = content.decode()
                elif inner == 11:
                    entry = dict(fields(content))
                    item["metadata"]["labels"][entry[1].decode()] = entry.get(2, b"").decode()
        elif item["kind"] == "Secret" and number == 2:
            entry = dict(fields(value))
            item.setdefault("data", {})[entry[1].decode()] = base64.b64encode(entry.get(2, b"")).decode()
        elif item["kind"] == "Secret" and number == 3:
            item["type"] = value.decode()
    return item


def merged(old, patch):
    """A JSON merge patch; good enough for strategic ones of the objects here."""
    if not isinstance(patch, dict) or not isinstance(old, dict):
        return patch
    result = dict(old)
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        elif not key.startswith("$"):
            result[key] = merged(result.get(key), value)
    return result


class Cluster:
    """Starts with the block, ends with it."""

    def __init__(self):
        self.objects, self.calls, self.version = {}, [], 100
        self.changed = threading.Condition()
        cluster = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def handle_any(self):
                try:
                    cluster.answer(self)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, args=[0.05], daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def write_kubeconfig(self, path):
        server = f"http://127.0.0.1:{self.server.server_address[1]}"
        path.write_text(yaml.safe_dump({
            "apiVersion": "v1", "kind": "Config", "current-context": "stand-in",
            "clusters": [{"name": "stand-in", "cluster": {"server": server}}],
            "contexts": [{"name": "stand-in", "context": {"cluster": "stand-in", "user": "nobody"}}],
            "users": [{"name": "nobody", "user": {}}],
        }))
        return path

    def of_kind(self, kind):
        return {name: item for (_, what, _, name), item in sorted(self.objects.items()) if what == kind}

    # What follows is the API.

    def answer(self, request):
        url = urllib.parse.urlsplit(request.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        length = int(request.headers.get("Content-Length") or 0)
        body = request.rfile.read(length)
        parts = [part for part in url.path.split("/") if part]
        found = self.discovery(parts)
        if found is not None:
            return self.send(request, 200, found)
        prefix = ["v1"] if parts[0] == "api" else parts[1:3]
        rest = parts[2:] if parts[0] == "api" else parts[3:]
        group = "/".join(prefix)
        namespace = ""
        if parts[0] not in ("api", "apis") or not rest:
            return self.fail(request, 404, "NotFound", url.path)
        if rest[0] == "namespaces" and len(rest) > 2:
            namespace, rest = rest[1], rest[2:]
        kinds = KINDS.get(group, {})
        if rest[0] not in kinds:
            return self.fail(request, 404, "NotFound", url.path)
        kind = kinds[rest[0]][0]
        name = rest[1] if len(rest) > 1 else None
        with self.changed:
            self.calls.append((request.command, kind, name))
        if request.command == "GET":
            if name:
                item = self.objects.get((group, kind, namespace, name))
                return self.send(request, 200, item) if item else self.fail(request, 404, "NotFound", url.path)
            if query.get("watch") in ("1", "true"):
                return self.watch(request, group, kind, namespace, query)
            return self.send(request, 200, {
                "apiVersion": group, "kind": f"{kind}List", "metadata": {"resourceVersion": str(self.version)},
                "items": self.select(group, kind, namespace, query),
            })
        if request.command == "DELETE":
            with self.changed:
                gone = self.objects.pop((group, kind, namespace, name), None)
                self.version += 1
                self.changed.notify_all()
            if not gone:
                return self.fail(request, 404, "NotFound", url.path)
            return self.send(request, 200, {"apiVersion": "v1", "kind": "Status", "status": "Success"})
        return self.write(request, group, kind, namespace, name, body, query)

    def write(self, request, group, kind, namespace, name, body, query):
        content = request.headers.get("Content-Type", "")
        given = from_protobuf(body) if "protobuf" in content else yaml.safe_load(body)
        name = name or given["metadata"]["name"]
        key = (group, kind, namespace, name)
        with self.changed:
            old = self.objects.get(key)
            if request.command == "POST" and old:
                return self.fail(request, 409, "AlreadyExists", name)
            item = merged(old, given) if request.command == "PATCH" and "apply" not in content else given
            if query.get("dryRun"):
                return self.send(request, 200, item)
            self.version += 1
            item.setdefault("apiVersion", group)
            item.setdefault("kind", kind)
            item["metadata"] = {
                **item["metadata"], "resourceVersion": str(self.version), "uid": f"{kind}-{name}",
                "generation": self.version, "creationTimestamp": "2026-01-01T00:00:00Z",
            }
            if namespace:
                item["metadata"]["namespace"] = namespace
            self.settle(item)
            self.objects[key] = item
            self.changed.notify_all()
        return self.send(request, 201 if old is None else 200, item)

    def settle(self, item):
        """The status that controllers of a healthy cluster would write."""
        kind, broken = item["kind"], ":broken" in json.dumps(item.get("spec", {}))
        generation = {"observedGeneration": item["metadata"]["generation"]}
        count = item.get("spec", {}).get("replicas", 1)
        ready = 0 if broken else count
        if kind in ("Deployment", "StatefulSet", "ReplicaSet"):
            item["status"] = {
                **generation, "replicas": count, "updatedReplicas": count, "readyReplicas": ready,
                "availableReplicas": ready, "currentReplicas": count, "currentRevision": "1", "updateRevision": "1",
                "conditions": [
                    {"type": "Available", "status": "False" if broken else "True"},
                    {"type": "Progressing", "status": "True", "reason": "NewReplicaSetAvailable"},
                ],
            }
        elif kind == "Job":
            item["status"] = {"succeeded": 1, "startTime": "2026-01-01T00:00:00Z", "conditions": [
                {"type": "Failed" if broken else "Complete", "status": "True"},
            ]}
        elif kind == "Pod":
            item["status"] = {"phase": "Failed" if broken else "Succeeded"}
        elif kind == "PodDisruptionBudget":
            item["status"] = {**generation, "currentHealthy": 2, "desiredHealthy": 1, "expectedPods": 2,
                              "disruptionsAllowed": 1}
        elif kind == "Service" and item["spec"].get("type") == "LoadBalancer":
            item["spec"]["clusterIP"] = "10.0.0.1"
            item["status"] = {"loadBalancer": {"ingress": [{"ip": "192.0.2.1"}]}}
        elif kind == "HorizontalPodAutoscaler":
            item["status"] = {**generation, "currentReplicas": 2, "desiredReplicas": 2, "conditions": [
                {"type": "AbleToScale", "status": "True"}, {"type": "ScalingActive", "status": "True"},
            ]}
        elif kind == "Namespace":
            item["status"] = {"phase": "Active"}

    def select(self, group, kind, namespace, query):
        wanted = [part for part in query.get("labelSelector", "").split(",") if part]
        named = dict(part.split("=", 1) for part in query.get("fieldSelector", "").split(",") if "=" in part)

        def fits(item):
            labels = item["metadata"].get("labels", {})
            for part in wanted:
                if "!=" in part:
                    key, value = part.split("!=")
                    if labels.get(key) == value:
                        return False
                elif "=" in part:
                    key, value = part.replace("==", "=").split("=")
                    if labels.get(key) != value:
                        return False
            return named.get("metadata.name", item["metadata"]["name"]) == item["metadata"]["name"]

        return [
            item for (of_group, what, where, _), item in sorted(self.objects.items())
            if (of_group, what) == (group, kind) and namespace in ("", where) and fits(item)
        ]

    def watch(self, request, group, kind, namespace, query):
        request.send_response(200)
        request.send_header("Content-Type", "application/json")
        request.send_header("Transfer-Encoding", "chunked")
        request.end_headers()

        def event(what, item):
            line = json.dumps({"type": what, "object": item}).encode() + b"\n"
            request.wfile.write(f"{len(line):x}\r\n".encode() + line + b"\r\n")
            request.wfile.flush()

        told = {}
        if query.get("sendInitialEvents") == "true":
            for item in self.select(group, kind, namespace, query):
                told[item["metadata"]["name"]] = item["metadata"]["resourceVersion"]
                event("ADDED", item)
            event("BOOKMARK", {"apiVersion": group, "kind": kind, "metadata": {
                "resourceVersion": str(self.version), "annotations": {"k8s.io/initial-events-end": "true"},
            }})
        else:
            told = {item["metadata"]["name"]: item["metadata"]["resourceVersion"]
                    for item in self.select(group, kind, namespace, query)
                    if int(item["metadata"]["resourceVersion"]) <= int(query.get("resourceVersion") or 0)}
        end = time.monotonic() + 60
        while time.monotonic() < end:
            with self.changed:
                now = {item["metadata"]["name"]: item for item in self.select(group, kind, namespace, query)}
                for name in [name for name in told if name not in now]:
                    del told[name]
                    event("DELETED", {"apiVersion": group, "kind": kind, "metadata": {
                        "name": name, "namespace": namespace, "resourceVersion": str(self.version)}})
                for name, item in now.items():
                    if told.get(name) != item["metadata"]["resourceVersion"]:
                        event("MODIFIED" if name in told else "ADDED", item)
                        told[name] = item["metadata"]["resourceVersion"]
                self.changed.wait(1)
        request.wfile.write(b"0\r\n\r\n")

    def discovery(self, parts):
        def resources(group):
            return {"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": group, "resources": [
                {"name": plural, "singularName": kind.lower(), "namespaced": namespaced, "kind": kind,
                 "verbs": ["create", "delete", "get", "list", "patch", "update", "watch"]}
                for plural, (kind, namespaced) in KINDS[group].items()
            ]}

        if parts == ["version"]:
            return {"major": "1", "minor": "36", "gitVersion": "v1.36.0"}
        if parts == ["api"]:
            return {"kind": "APIVersions", "versions": ["v1"]}
        if parts == ["api", "v1"]:
            return resources("v1")
        if parts == ["apis"]:
            groups = {}
            for group in KINDS:
                if "/" in group:
                    groups.setdefault(group.split("/")[0], []).append(
                        {"groupVersion": group, "version": group.split("/")[1]})
            return {"kind": "APIGroupList", "apiVersion": "v1", "groups": [
                {"name": name, "versions": versions, "preferredVersion": versions[0]}
                for name, versions in groups.items()
            ]}
        if parts[0] == "apis" and len(parts) == 3 and "/".join(parts[1:]) in KINDS:
            return resources("/".join(parts[1:]))
        if parts[:2] == ["openapi", "v3"]:
            return self.openapi("/".join(parts[2:]))
        return None

    def openapi(self, path):
        """Says that fields are validated here, so that clients leave that to us; and we to kubernetes-validate."""
        where = {("api/" if group == "v1" else "apis/") + group: group for group in KINDS}
        if not path:
            return {"paths": {at: {"serverRelativeURL": f"/openapi/v3/{at}"} for at in where}}
        if path not in where:
            return None
        group, _, version = where[path].rpartition("/")
        return {"openapi": "3.0.0", "info": {"title": "stand-in", "version": "1"}, "paths": {
            f"/{path}/{'namespaces/{namespace}/' if namespaced else ''}{plural}/{{name}}": {"patch": {
                "parameters": [{"name": "fieldValidation", "in": "query", "schema": {"type": "string"}}],
                "responses": {}, "x-kubernetes-group-version-kind": {"group": group, "version": version, "kind": kind},
            }} for plural, (kind, namespaced) in KINDS[where[path]].items()
        }}

    def send(self, request, status, item):
        text = json.dumps(item).encode()
        request.send_response(status)
        request.send_header("Content-Type", "application/json")
        request.send_header("Content-Length", str(len(text)))
        request.end_headers()
        request.wfile.write(text)

    def fail(self, request, status, reason, message):
        self.send(request, status, {
            "kind": "Status", "apiVersion": "v1", "status": "Failure", "code": status, "reason": reason,
            "message": message,
        })
