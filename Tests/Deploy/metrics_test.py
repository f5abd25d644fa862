#!/usr/bin/env python3
"""What real servers export, scraped by a real Prometheus: python Tests/Deploy/metrics_test.py [path of the program]

First one server with every role: what it answers is what docs/metrics.md says, and its log lines bear the ids that they
should and no text of anybody's. Then every role by itself on a PostgreSQL of their own, with a stand-in for the sidecar of
the frontend, through which a person uses it; a Prometheus with our rules that scrapes all of them and answers every query of the dashboards, an Alertmanager that hears of a role that is gone, and of its return, and a
collector that reads our traces by OpenTelemetry's own definition of them, and has every trace that Prometheus keeps as an
exemplar. All lines of all logs have the fields that docs/guides/logs.md lists.
"""

import contextlib
import hashlib
import http.server
import json
import os
import pathlib
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

import yaml
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status
from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics
from prometheus_client.parser import text_string_to_metric_families as text_format

import log_fields
import metrics_inventory as metrics
import swift_facts as swift
import test_monitoring as monitoring
from tools import ROOT, tool

PROGRAM = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else ".build/release/errand")
# The frontend last: it passes on what others answer.
ROLES = sorted(swift.ROLES, key=lambda role: role == "frontend")
WORDS = ("Tincture of wolfsbane", "moonlit-errand", "quiet walk in the woods")
# What appears only once something goes wrong, or where something is set up that is not here.
RARE = {
    "errand_live_ended_total", "errand_database_errors_total", "errand_deliveries_repeated_total",
    "errand_delivery_lateness_seconds", "errand_circuit_open", "errand_passed_on_total", "errand_mails_sent_total",
    "errand_mails_failed_total", "errand_model_calls_total", "errand_model_call_seconds", "errand_model_tokens_total",
}


def free_ports(count):
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


def until(what, check, seconds=60):
    """What `check` answers as soon as that is something."""
    end, last = time.monotonic() + seconds, None
    while time.monotonic() < end:
        try:
            found = check()
        except (OSError, AssertionError) as error:
            found, last = None, error
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError(f"{what}: not within {seconds} s ({last})")


def get(url, headers=None):
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers or {}), timeout=20) as answer:
        return answer.read().decode()


class Process:
    """A program that ends with this one."""

    def __init__(self, log, *command, environment=None, user=None):
        self.log, self.command, self.user = log, command, user
        self.environment = {**os.environ, **(environment or {})}
        self.start()

    def start(self):
        with open(self.log, "ab") as file:
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.DEVNULL, stdout=file, stderr=file, env=self.environment, user=self.user)

    def end(self, how=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(how)
        self.process.wait(30)


class Server(Process):
    def __init__(self, folder, name, environment, *arguments):
        self.name = name
        self.port, self.internal = free_ports(2)
        super().__init__(
            folder / f"{name}.log", PROGRAM, "serve", "--port", str(self.port), "--internal-port", str(self.internal),
            "--rate-limits", "off", "--log-format", "json", "--log-level", "debug", *arguments, environment=environment)

    def ready(self):
        assert self.process.poll() is None, f"{self.name} has ended: {self.log.read_text()[-2000:]}"
        return "ready" in get(f"http://127.0.0.1:{self.internal}/readyz")

    def metrics(self):
        return get(f"http://127.0.0.1:{self.internal}/metrics")

    def open_metrics(self):
        """Families by name, as somebody else's parser reads them; it is strict."""
        text = get(f"http://127.0.0.1:{self.internal}/metrics", {"Accept": "application/openmetrics-text; version=1.0.0"})
        return {family.name: family for family in openmetrics(text)}

    def lines(self):
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]


class Collector:
    """Takes spans as OTLP over HTTP brings them."""

    def __init__(self):
        self.spans, self.refuses = [], False
        collector = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                problem = self.path != "/v1/traces" or self.headers["Content-Type"] != "application/x-protobuf" \
                    or self.headers["X-Key"] != "a=b"
                self.send_response(400 if problem else 503 if collector.refuses else 200)
                self.send_header("Content-Length", "0")
                self.end_headers()
                if not problem and not collector.refuses:
                    collector.take(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.environment = {
            "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{self.server.server_port}/",
            "OTEL_EXPORTER_OTLP_HEADERS": "x-key=a%3Db",
        }
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def take(self, body):
        request = ExportTraceServiceRequest()
        request.ParseFromString(body)
        assert request.SerializeToString() == body, "it has fields that the definition does not know"
        for group in request.resource_spans:
            about = {pair.key: pair.value.string_value for pair in group.resource.attributes}
            for scope in group.scope_spans:
                self.spans += [(about["service.name"], span) for span in scope.spans]

    def trace(self, trace):
        return [(service, span) for service, span in self.spans if span.trace_id.hex() == trace]


class Sidecar:
    """What the frontend has beside it, as far as it needs it: is well, and brings calls to the chat-api and answers back."""

    def __init__(self, api):
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def pass_on(self):
                path = self.path.removeprefix("/v1.0/invoke/chat-api/method")
                if path == self.path:
                    return self.answer(204 if path == "/v1.0/healthz/outbound" else 404, [], b"")
                length = int(self.headers.get("Content-Length", 0))
                headers = {name: value for name, value in self.headers.items() if name.lower() not in (
                    "host", "content-length", "connection", "transfer-encoding")}
                request = urllib.request.Request(
                    f"http://127.0.0.1:{api.port}{path}", self.rfile.read(length) if length else None, headers,
                    method=self.command)
                try:
                    with urllib.request.urlopen(request, timeout=30) as answer:
                        return self.answer(answer.status, answer.headers.items(), answer.read())
                except urllib.error.HTTPError as error:
                    return self.answer(error.code, error.headers.items(), error.read())

            do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = pass_on

            def answer(self, status, headers, body):
                self.send_response(status)
                for name, value in headers:
                    if name.lower() not in ("content-length", "connection", "date", "server", "transfer-encoding"):
                        self.send_header(name, value)
                if status != 204:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.environment = {"DAPR_HTTP_PORT": str(self.server.server_port)}
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


class Person:
    def __init__(self, server):
        self.base, self.token = f"http://127.0.0.1:{server.port}", None
        answer = self.call("POST", "/auth/sign-up", {
            "email": f"{WORDS[1]}-{secrets.token_hex(4)}@example.com", "password": f"a {WORDS[2]}", "time_zone": "UTC"})
        self.token, self.id = answer["access_token"], answer["user"]["id"]

    def call(self, method, path, body=None, headers=None):
        headers = {"Content-Type": "application/json", "Accept": "application/json", **(headers or {})}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(f"{self.base}/api/v1{path}", data, headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read()
            return json.loads(text) if text else None

    def use(self, headers=None):
        """A task that recurs, reminds in a moment and is completed."""
        at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 2))
        self.call("POST", "/tasks", {"title": WORDS[0], "reminders": [{"kind": "absolute", "at": at}]}, headers)
        task = self.call("POST", "/tasks", {
            "title": f"{WORDS[0]}, daily", "due": {"kind": "date", "date": "2026-12-01"},
            "recurrence": {"rrule": "FREQ=DAILY"}}, headers)
        self.call("POST", f"/tasks/{task['id']}/complete", {}, headers)
        self.call("GET", "/tasks", headers=headers)


def said(span):
    """Attributes of a span."""
    return {pair.key: pair.value.string_value or pair.value.int_value for pair in span.attributes}


def check_trace(collector, person):
    """One request, through the outbox and the log to its consumers in processes of their own, in one trace."""
    trace, caller = secrets.token_hex(16), secrets.token_hex(8)
    person.use({"traceparent": f"00-{trace}-{caller}-01"})
    roles = {"errand-chat-api", "errand-recurring-task-service", "errand-notification-service", "errand-audit-service"}

    def found():
        spans = collector.trace(trace)
        done = {service for service, span in spans if span.name == "process task.completed"}
        return spans if done == roles - {"errand-chat-api"} and any(span.name == "publish task.completed" for _, span in spans) else None

    spans = until("one trace crosses the roles", found)
    assert {service for service, _ in spans} == roles
    [(service, request)] = [one for one in spans if one[1].name == "POST /api/v1/tasks/{id}/complete"]
    assert service == "errand-chat-api" and request.kind == Span.SPAN_KIND_SERVER and request.parent_span_id.hex() == caller
    assert said(request)["http.response.status_code"] == 200 and request.status.code == Status.STATUS_CODE_UNSET
    ids = [span.span_id for _, span in spans]
    assert len(ids) == len(set(ids)) and all(len(one) == 8 for one in ids)
    for service, span in spans:
        assert span.end_time_unix_nano >= span.start_time_unix_nano > 1.7e18, span
        if span.name.endswith("task.completed"):
            assert span.parent_span_id == request.span_id
            kind = Span.SPAN_KIND_PRODUCER if span.name.startswith("publish") else Span.SPAN_KIND_CONSUMER
            assert span.kind == kind and said(span)["messaging.destination.name"] == "task-events"
            assert span.end_time_unix_nano >= request.start_time_unix_nano
    # The next occurrence came about in another role, for the same request.
    made = [span for service, span in spans if span.name == "process task.created" and span.parent_span_id == request.span_id]
    assert made, "the successor's event is not part of the trace"
    assert not any(word in str(span) for _, span in spans for word in WORDS)
    before = len(collector.spans)
    person.call("GET", "/tasks", headers={"traceparent": f"00-{'ab' * 16}-{caller}-00"})
    time.sleep(2)
    assert not collector.trace("ab" * 16), "a trace that its caller does not want is kept"
    assert not [span for _, span in collector.spans[before:] if "/metrics" in span.name or "/readyz" in span.name]


def check_passed_on(collector, visitor):
    """What a person asks of the frontend is the first part of the trace, and the API's answer a part of that."""
    trace, caller = secrets.token_hex(16), secrets.token_hex(8)
    visitor.use({"traceparent": f"00-{trace}-{caller}-01"})

    def answers(service):
        return [span for where, span in collector.trace(trace)
                if where == f"errand-{service}" and span.kind == Span.SPAN_KIND_SERVER]

    until("the trace crosses frontend and chat-api", lambda: len(answers("chat-api")) == len(answers("frontend")) == 4)
    assert {span.parent_span_id for span in answers("chat-api")} == {span.span_id for span in answers("frontend")}
    assert {span.parent_span_id.hex() for span in answers("frontend")} == {caller}


def value(server, name, **labels):
    """The sum of a name's series that have these labels."""
    total = 0.0
    for found, pairs, number in re.findall(r"^(\w+)(?:\{(.*)\})? ([^ ]+)$", server.metrics(), re.M):
        if found == name and all(f'{key}="{text}"' in pairs for key, text in labels.items()):
            total += float(number)
    return total


def check_inventory(server):
    document, found = metrics.inventory(), metrics.exported(server.metrics())
    assert not set(found) - set(document), f"not in docs/metrics.md: {set(found) - set(document)}"
    for name, (kind, labels) in found.items():
        assert (kind, labels) == document[name][:2], f"{name}: {kind} {labels}, not as docs/metrics.md says"
    missing = set(document) - set(found) - RARE
    assert not missing, f"in docs/metrics.md, and not exported: {missing}"
    assert RARE <= set(document)
    answer = subprocess.run([tool("promtool"), "check", "metrics"], input=server.metrics(), text=True, capture_output=True)
    complaints = [line for line in answer.stderr.splitlines() if "no help text" not in line]
    assert not complaints, complaints


def check_open_metrics(server, trace):
    """The same as in the text format, and the trace behind what was measured in one."""
    families = server.open_metrics()
    names = {name + "_total" if family.type == "counter" else name: family.type for name, family in families.items()}
    assert names == {name: kind for name, (kind, _) in metrics.exported(server.metrics()).items()}, names
    known = {sample.name for family in text_format(server.metrics()) for sample in family.samples}
    assert {sample.name for family in families.values() for sample in family.samples} == known
    marked = [sample for family in families.values() for sample in family.samples if sample.exemplar]
    assert {sample.name for sample in marked} == {
        "errand_http_request_seconds_bucket", "errand_event_latency_seconds_bucket"}, marked
    for sample in marked:
        assert set(sample.exemplar.labels) == {"trace_id", "span_id"} and -1 < time.time() - float(sample.exemplar.timestamp) < 120
        assert sample.exemplar.value <= float(sample.labels["le"]), sample
        assert sample.labels.get("route") not in ("/metrics", "/readyz", "/healthz"), sample
    completed = [sample.exemplar.labels["trace_id"] for sample in marked
                 if sample.labels.get("route") == "/api/v1/tasks/{id}/complete"]
    handled = [sample.exemplar.labels["trace_id"] for sample in marked if sample.labels.get("consumer") == "audit-service"]
    assert completed == [trace] and trace in handled, (completed, handled)
    assert "# {" not in server.metrics() and "# EOF" not in server.metrics()


def check_log(server, person, trace):
    text = server.log.read_text()
    for word in (*WORDS, person.token):
        assert word not in text, f"the log has {word!r}"
    assert person.id not in text, "the log has a user's id"
    lines, mark = server.lines(), hashlib.sha256(person.id.encode()).hexdigest()[:16]
    assert lines and all(line["role"] == "all" for line in lines)
    [request] = [line for line in lines if line["message"] == "POST /api/v1/tasks/{id}/complete"]
    assert request["user"] == mark and request["trace_id"] == trace and request["request_id"], request
    handled = {line["consumer"] for line in lines if line["message"] == "Handled task.completed"
               and line["request_id"] == request["request_id"] and line["trace_id"] == trace and line["user"] == mark}
    assert handled == {"recurring-task-service", "notification-service", "audit-service"}, handled


def one_server(folder):
    collector = Collector()
    collector.refuses = True
    server = Server(folder, "all", collector.environment, "--data", str(folder / "data"))
    try:
        until("the server is ready", server.ready)
        person, trace = Person(server), secrets.token_hex(16)
        person.use({"traceparent": f"00-{trace}-{secrets.token_hex(8)}-01"})
        until("the reminder has fired", lambda: value(server, "errand_reminders_fired_total") == 1)
        until("its effect is there", lambda: value(server, "errand_event_lag") == 0)
        until("all is published", lambda: value(server, "errand_outbox_events") == 0)
        assert value(server, "errand_events_handled_total", consumer="audit-service") >= 5
        assert value(server, "errand_database_up") == 1
        until("a collector that refuses holds nothing up", lambda: value(server, "errand_spans_total", outcome="failed") > 0)
        check_inventory(server)
        check_log(server, person, trace)
        check_open_metrics(server, trace)
    finally:
        server.end()
    print("metrics: one server exports what docs/metrics.md says, as text and as OpenMetrics, and logs ids, not texts")
    untraced = Server(folder, "untraced", {}, "--data", str(folder / "data"))
    try:
        until("it is ready without a collector", untraced.ready)
        Person(untraced).use()
        samples = [sample for family in untraced.open_metrics().values() for sample in family.samples]
        assert samples and not any(sample.exemplar for sample in samples), "traces that nobody keeps are named"
    finally:
        untraced.end()


@contextlib.contextmanager
def postgres(folder):
    programs = pathlib.Path(shutil.which("initdb") or max(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"))).parent
    user = "postgres" if os.getuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    [port] = free_ports(1)
    subprocess.run([programs / "initdb", "-D", folder / "pg", "-U", "errand", "-A", "trust", "-E", "UTF8", "--locale=C",
                    "--no-sync", "--no-instructions"], check=True, stdout=subprocess.DEVNULL, user=user)
    server = Process(
        folder / "postgres.log", programs / "postgres", "-D", folder / "pg", "-c", "listen_addresses=127.0.0.1", "-c",
        f"port={port}", "-c", "unix_socket_directories=", "-c", "fsync=off", user=user)
    try:
        until("PostgreSQL is ready", lambda: socket.create_connection(("127.0.0.1", port), 1).close() is None)
        yield f"postgresql://errand@127.0.0.1:{port}/postgres"
    finally:
        server.end(signal.SIGINT)


def configure(folder, servers, manager):
    """Our rules as they are, but for how long an alert waits: there is no time for minutes here."""
    rules = (monitoring.MONITORING / "rules.yaml").read_text()
    (folder / "rules.yaml").write_text(re.sub(r"for: \d+m", "for: 1s", rules))
    (folder / "prometheus.yml").write_text(yaml.safe_dump({
        "global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
        "rule_files": ["rules.yaml"],
        "alerting": {"alertmanagers": [{"static_configs": [{"targets": [f"127.0.0.1:{manager}"]}]}]},
        "scrape_configs": [{"job_name": "errand", "static_configs": [
            {"targets": [f"127.0.0.1:{server.internal}"], "labels": {"role": server.name}} for server in servers]}],
    }))
    (folder / "alertmanager.yml").write_text(yaml.safe_dump({
        "route": {"receiver": "nobody", "group_wait": "0s"}, "receivers": [{"name": "nobody"}]}))


def ask(port, query):
    answer = json.loads(get(f"http://127.0.0.1:{port}/api/v1/query?{urllib.parse.urlencode({'query': query})}"))
    assert answer["status"] == "success" and not answer.get("warnings"), answer
    return answer["data"]["result"]


def check_exemplars(port, collector):
    """What Prometheus keeps beside the series: traces that the collector has."""
    for query in ("errand_http_request_seconds_bucket", "errand_event_latency_seconds_bucket"):
        about = urllib.parse.urlencode({"query": query, "start": time.time() - 300, "end": time.time()})
        answer = json.loads(get(f"http://127.0.0.1:{port}/api/v1/query_exemplars?{about}"))
        found = [(row["seriesLabels"]["role"], one["labels"]) for row in answer["data"] for one in row["exemplars"]]
        assert found, f"no exemplars of {query}"
        known = {(span.trace_id.hex(), span.span_id.hex()) for _, span in collector.spans}
        for role, labels in found:
            assert (labels["trace_id"], labels["span_id"]) in known, f"{role}: nobody has the trace of {labels}"
        roles = {role for role, _ in found}
        wanted = {"chat-api", "frontend"} if "http" in query else {"audit-service", "notification-service"}
        assert wanted <= roles, f"{query}: exemplars of {roles} alone"
    return True


def check_dashboards(port):
    """Every query is answered; those about what has happened here, with something."""
    silent = set()
    for name, dashboard in monitoring.DASHBOARDS.items():
        for title, query in monitoring.queries(dashboard):
            found = ask(port, query.replace("$__rate_interval", "1m"))
            if not found:
                silent.add(query)
                used = {re.sub(r"_(bucket|sum|count)$", "", one) for one in metrics.used(query)[0]}
                quiet = used <= RARE or "status=~" in query or "changes(" in query
                assert quiet, f"{name}, {title}: nothing for {query}"
    return silent


def alerts(manager, name):
    return [alert for alert in json.loads(get(f"http://127.0.0.1:{manager}/api/v2/alerts")) if alert["labels"]["alertname"] == name]


def every_role(folder):
    folder.mkdir()
    folder.chmod(0o755)
    with contextlib.ExitStack() as stack:
        (folder / "database").mkdir()
        url = stack.enter_context(postgres(folder / "database"))
        servers, collector = [], Collector()
        for role in ROLES:
            # As in a cluster: it has no database, and reaches the others through what is beside it.
            place = Sidecar(servers[0]).environment if role == "frontend" else {"DATABASE_URL": url}
            server = Server(folder, role, {**place, **collector.environment}, "--role", role)
            stack.callback(server.end)
            until(f"{role} is ready", server.ready)
            servers.append(server)
        port, manager, gossip = free_ports(3)
        configure(folder, servers, manager)
        stack.callback(Process(
            folder / "prometheus.log", tool("prometheus"), f"--config.file={folder}/prometheus.yml",
            f"--storage.tsdb.path={folder}/tsdb", f"--web.listen-address=127.0.0.1:{port}",
            "--enable-feature=exemplar-storage").end)
        stack.callback(Process(
            folder / "alertmanager.log", shutil.which("alertmanager") or tool("prometheus-alertmanager"),
            f"--config.file={folder}/alertmanager.yml", f"--storage.path={folder}/alerts",
            f"--web.listen-address=127.0.0.1:{manager}", "--cluster.listen-address=", ).end)
        until("Prometheus scrapes every role", lambda: len(ask(port, "up == 1")) == len(ROLES))
        until("Alertmanager is there", lambda: get(f"http://127.0.0.1:{manager}/-/ready"))
        person, frontend = Person(servers[0]), servers[-1]
        check_trace(collector, person)
        visitor = Person(frontend)
        check_passed_on(collector, visitor)
        for _ in range(3):
            person.use()
        audit = servers[ROLES.index("audit-service")]
        until("the audit-service handles them", lambda: value(audit, "errand_events_handled_total") >= 10)
        until("reminders have fired", lambda: value(servers[0], "errand_reminders_fired_total") >= 3)
        for _ in range(8):
            # Rates need something to grow.
            person.use()
            visitor.use()
            time.sleep(1)
        silent = until("every query of the dashboards is answered", lambda: [check_dashboards(port)])[0]
        # Not rare where there is a frontend.
        passed_on = {query for query in silent if "errand_passed_on_total" in query}
        assert not passed_on and ask(port, 'rate(errand_passed_on_total{role="frontend", status="2xx"}[1m]) > 0'), passed_on
        print(f"metrics: Prometheus scrapes {len(ROLES)} roles and answers every query; "
              f"{len(silent)} are about what has not happened")
        until("Prometheus has exemplars whose traces are kept", lambda: check_exemplars(port, collector))
        assert not alerts(manager, "ErrandTargetDown")
        audit.end(signal.SIGKILL)
        person.use()
        [alert] = until("Alertmanager hears of a role that is gone", lambda: alerts(manager, "ErrandTargetDown"))
        assert alert["labels"]["role"] == "audit-service" and alert["annotations"]["runbook"], alert
        until("its events are seen to wait", lambda: ask(port, 'errand:consumer_lag{consumer="audit-service"} > 0'))
        audit.start()
        until("Alertmanager hears that it is back", lambda: not alerts(manager, "ErrandTargetDown"))
        until("what has waited is done", lambda: not ask(port, 'errand:consumer_lag{consumer="audit-service"} > 0'))
        for server in reversed(servers):
            server.end()
            # To be told to end is no failure of what it was at.
            bad = [line for line in server.lines() if line["level"] in ("error", "critical")
                   or line["level"] == "warning" and "cancel" in line.get("error", "").lower()]
            assert not bad, bad
            assert {line["role"] for line in server.lines()} == {server.name}
        fields = log_fields.check_lines([line for server in servers for line in server.lines()])
        assert {"request_id", "trace_id", "user", "status", "ms", "consumer", "event_id", "event_type"} <= fields, fields
    print("metrics: one trace crossed four roles, another came through the frontend, by OpenTelemetry's own definition")
    print(f"metrics: log lines have {len(fields)} of the fields of docs/guides/logs.md, and no other")
    print("metrics: each exemplar that Prometheus has leads to a trace that the collector has")
    print("metrics: Alertmanager heard of a role that was gone, and of its return")


def main():
    assert tool("promtool"), "prometheus is needed: scripts/setup --tests"
    os.chdir(ROOT)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        one_server(folder)
        every_role(folder / "roles")


if __name__ == "__main__":
    main()
