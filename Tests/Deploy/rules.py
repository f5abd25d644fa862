"""Rules of our own for what the chart makes, of the kind that kube-score and Checkov have. Each returns complaints."""

import re

WORKLOADS = ("Deployment", "StatefulSet", "Job", "Pod")


def pod_of(item):
    """The pod that an object makes: its metadata and its spec."""
    if item["kind"] == "Pod":
        return item["metadata"], item["spec"]
    if item["kind"] in WORKLOADS:
        template = item["spec"]["template"]
        return template["metadata"], template["spec"]
    return None, None


def name(item):
    return f"{item['kind']}/{item['metadata']['name']}"


def is_zone_data(volume, pod):
    """Rules of time zones are what a node may be asked for, if nobody can write to them."""
    mounts = [mount for container in pod["containers"] for mount in container.get("volumeMounts", [])
              if mount["name"] == volume["name"]]
    return volume["hostPath"].get("type") == "Directory" and volume["hostPath"]["path"].endswith("/zoneinfo") and all(
        mount["mountPath"] == "/usr/share/zoneinfo" and mount.get("readOnly") is True for mount in mounts)


def check_pod(item):
    metadata, pod = pod_of(item)
    if pod is None:
        return
    security = pod.get("securityContext", {})
    if security.get("runAsNonRoot") is not True or not security.get("runAsUser", 0) >= 10000:
        yield "runs as root, or as a user that a node may have"
    if security.get("seccompProfile", {}).get("type") != "RuntimeDefault":
        yield "has no seccomp profile"
    if pod.get("automountServiceAccountToken") is not False:
        yield "gets a token of its service account"
    if item["kind"] != "Pod" and pod.get("serviceAccountName", "default") == "default":
        yield "uses the service account that everybody has"
    for field in ("hostNetwork", "hostPID", "hostIPC", "shareProcessNamespace"):
        if pod.get(field):
            yield f"has {field}"
    for volume in pod.get("volumes", []):
        if "hostPath" in volume and not is_zone_data(volume, pod):
            yield "mounts a folder of its node"
        if "emptyDir" in volume and "sizeLimit" not in (volume["emptyDir"] or {}):
            yield f"has a volume {volume['name']} without a limit"
    if item["kind"] in ("Deployment", "StatefulSet") and not 30 <= pod.get("terminationGracePeriodSeconds", 30) <= 120:
        yield "has no time to end in, or too much"
    if item["kind"] == "Job" and not item["spec"].get("activeDeadlineSeconds"):
        yield "may run for ever"


def check_containers(item):
    _, pod = pod_of(item)
    for container in (pod or {}).get("containers", []) + (pod or {}).get("initContainers", []):
        what = container["name"]
        security = container.get("securityContext", {})
        if security.get("allowPrivilegeEscalation") is not False or security.get("privileged"):
            yield f"{what} may raise its privileges"
        if security.get("readOnlyRootFilesystem") is not True:
            yield f"{what} may write to its image"
        if security.get("capabilities", {}).get("drop") != ["ALL"] or security.get("capabilities", {}).get("add"):
            yield f"{what} keeps capabilities"
        for kind in ("requests", "limits"):
            for resource in ("cpu", "memory"):
                if resource not in container.get("resources", {}).get(kind, {}):
                    yield f"{what} has no {kind} of {resource}"
        image = container["image"].partition("@")[0]
        tag = image.rpartition(":")[2] if ":" in image.rpartition("/")[2] else "latest"
        if tag in ("latest", "main", "edge") and "@sha256:" not in container["image"]:
            yield f"{what} has no version: {container['image']}"
        for variable in container.get("env", []):
            if re.search(r"TOKEN|PASSWORD|SECRET|_KEY$|DATABASE_URL|SMTP_URL", variable["name"]) and "value" in variable:
                yield f"{what} has a secret in the open: {variable['name']}"
        names = [variable["name"] for variable in container.get("env", [])]
        if len(names) != len(set(names)):
            yield f"{what} has a setting twice"


def check_probes(item):
    if item["kind"] not in ("Deployment", "StatefulSet"):
        return
    for container in pod_of(item)[1]["containers"]:
        for probe, path in (("startupProbe", "/healthz"), ("livenessProbe", "/healthz"), ("readinessProbe", "/readyz")):
            asked = container.get(probe, {}).get("httpGet", {})
            if (asked.get("path"), asked.get("port")) != (path, "internal"):
                yield f"{container['name']} has no {probe} of {path} on the internal port"
        if container.get("livenessProbe", {}).get("httpGet") == container.get("readinessProbe", {}).get("httpGet"):
            yield "is ended when it is only not ready"


def check_availability(item, everything):
    if item["kind"] not in ("Deployment", "StatefulSet"):
        return
    labels = item["spec"]["selector"]["matchLabels"]
    scaled = [other for other in everything if other["kind"] == "HorizontalPodAutoscaler"
              and other["spec"]["scaleTargetRef"]["name"] == item["metadata"]["name"]]
    least = scaled[0]["spec"]["minReplicas"] if scaled else item["spec"].get("replicas", 1)
    if scaled and "replicas" in item["spec"]:
        yield "says how many it is, although an autoscaler does"
    guards = [other for other in everything if other["kind"] == "PodDisruptionBudget"
              and other["spec"]["selector"]["matchLabels"] == labels]
    if least > 1 and len(guards) != 1:
        yield "has no disruption budget"
    if least == 1 and guards:
        yield "could never be moved: a budget for one pod"
    if not item["spec"]["template"]["spec"].get("topologySpreadConstraints"):
        yield "may be on one node altogether"
    for spread in item["spec"]["template"]["spec"].get("topologySpreadConstraints", []):
        if spread["labelSelector"]["matchLabels"] != labels:
            yield "spreads other pods than its own"


def check_names(item, everything):
    labels = item["metadata"].get("labels", {})
    for label in ("app.kubernetes.io/name", "app.kubernetes.io/instance", "app.kubernetes.io/component"):
        if label not in labels:
            yield f"lacks the label {label}"
    if not item["metadata"].get("namespace"):
        yield "names no namespace"
    if item["kind"] == "Service" and item["spec"].get("selector"):
        pods = [other for other in everything if other["kind"] in ("Deployment", "StatefulSet")
                and item["spec"]["selector"].items() <= other["spec"]["template"]["metadata"]["labels"].items()]
        if len(pods) != 1:
            yield f"leads to {len(pods)} workloads"
        else:
            ports = [port["name"] for port in pods[0]["spec"]["template"]["spec"]["containers"][0]["ports"]]
            for port in item["spec"]["ports"]:
                if port["targetPort"] not in ports:
                    yield f"leads to a port that is not there: {port['targetPort']}"
        if item["spec"].get("type") in ("LoadBalancer", "NodePort") and any(
                port["targetPort"] == "internal" for port in item["spec"]["ports"]):
            yield "leads from outside to the internal port"


def complaints(everything):
    """What is wrong with the objects of one release."""
    for item in everything:
        for rule in (check_pod, check_containers, check_probes):
            yield from (f"{name(item)} {text}" for text in rule(item))
        for rule in (check_availability, check_names):
            yield from (f"{name(item)} {text}" for text in rule(item, everything))
    seen = [(item["kind"], item["metadata"]["name"]) for item in everything]
    yield from (f"{kind}/{what} is there twice" for kind, what in set(seen) if seen.count((kind, what)) > 1)


class Network:
    """What network policies let through, as a network that obeys them would."""

    def __init__(self, everything, namespace="errand"):
        self.policies = [item["spec"] for item in everything if item["kind"] == "NetworkPolicy"]
        self.namespace = namespace

    @staticmethod
    def selects(selector, labels):
        if not selector.get("matchLabels", {}).items() <= labels.items():
            return False
        return all(
            {"In": labels.get(rule["key"]) in rule.get("values", [])}[rule["operator"]]
            for rule in selector.get("matchExpressions", [])
        )

    def of(self, labels, direction):
        return [policy for policy in self.policies
                if direction in policy["policyTypes"] and self.selects(policy["podSelector"], labels)]

    def allows(self, labels, direction, port, peer=None, namespace=None, address=None, protocol="TCP"):
        """Whether pods with `labels` may speak with pods like `peer` beside them, a namespace, or an address range."""
        policies = self.of(labels, direction)
        if not policies:
            return True
        for policy in policies:
            for rule in policy.get(direction.lower()) or []:
                ports = rule.get("ports")
                if ports and not any(p["port"] == port and p.get("protocol", "TCP") == protocol for p in ports):
                    continue
                for side in rule.get("from" if direction == "Ingress" else "to", [{}]):
                    if peer is not None and "podSelector" in side and "namespaceSelector" not in side \
                            and self.selects(side["podSelector"], peer):
                        return True
                    if namespace and side.get("namespaceSelector", {}).get("matchLabels", {}).get(
                            "kubernetes.io/metadata.name") == namespace:
                        return True
                    if address and side.get("ipBlock", {}).get("cidr") == address:
                        return True
        return False
