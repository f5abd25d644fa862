"""Real Helm and kubectl against the stand-in of cluster.py: install, upgrade, test, roll back, and go back by itself."""

import concurrent.futures
import http.server
import os
import pathlib
import tempfile
import threading
import unittest

import yaml

import swift_facts as swift
from cluster import Cluster
from tools import CHART, ENVIRONMENTS, ROOT, manifest, run, tool, values_file

SECRETS = ["errand-database", "errand-kafka", "errand-state", "errand-dapr-api-token", "errand-dapr-app-token"]


class Installation:
    """A stand-in cluster, and programs that go there."""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.cluster = Cluster().__enter__()
        home = pathlib.Path(self.folder.name)
        self.environment = {
            "KUBECONFIG": str(self.cluster.write_kubeconfig(home / "kubeconfig")), "HOME": str(home),
            "PATH": f"{pathlib.Path(tool('helm')).parent}:{os.environ['PATH']}", "ERRAND_SMOKE_SECONDS": "3",
        }
        return self

    def __exit__(self, *_):
        self.cluster.__exit__()
        self.folder.cleanup()

    def run(self, *command, check=True):
        return run(*command, check=check, environment=self.environment)

    def upgrade(self, name, tag, *more, check=True):
        return self.run(
            "helm", "upgrade", "--install", "errand", CHART, "--namespace", "errand", "--values", values_file(name),
            "--set", f"image.tag={tag}", "--wait", "--timeout", "60s", *more, check=check)

    def images(self):
        found = {**self.cluster.of_kind("Deployment"), **self.cluster.of_kind("StatefulSet")}
        return {item["spec"]["template"]["spec"]["containers"][0]["image"].rpartition(":")[2] for item in found.values()}

    def add_secrets(self, names=SECRETS):
        self.run("kubectl", "create", "namespace", "errand", check=False)
        for name in names:
            self.run("kubectl", "create", "secret", "generic", name, "--namespace", "errand", "--from-literal=key=value")


def whole_life(name):
    """One environment from install to rollback."""
    with Installation() as installation:
        installation.upgrade(name, "1.0.0")
        assert installation.images() == {"1.0.0"}, name
        jobs = [call for call in installation.cluster.calls if call[1:] == ("Job", "errand-migration")]
        deployed = [call for call in installation.cluster.calls if call[1] == "Deployment" and call[0] in ("POST", "PATCH")]
        calls = installation.cluster.calls
        assert jobs and calls.index(jobs[0]) < calls.index(deployed[0]), f"{name}: pods before the migration"
        installation.upgrade(name, "1.0.1")
        assert installation.images() == {"1.0.1"}, name
        installation.run("helm", "test", "errand", "--namespace", "errand", "--timeout", "60s")
        installation.run("helm", "rollback", "errand", "1", "--namespace", "errand", "--wait", "--timeout", "60s")
        assert installation.images() == {"1.0.0"}, name
        return name


class ReleaseTests(unittest.TestCase):
    def test_every_environment_is_installed_upgraded_tested_and_rolled_back(self):
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            self.assertEqual(sorted(pool.map(whole_life, ENVIRONMENTS)), ENVIRONMENTS)


class Answers:
    """An installation as people would reach it, or one that is not well."""

    def __init__(self, live=401):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                status = {"/openapi.json": 200, "/": 200, swift.LIVE_PATH: live, "/api/v1/tasks": 401}[self.path]
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, args=[0.05], daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def deploy(installation, tag, url, *more, check=True):
    """scripts/deploy as CI runs it."""
    return installation.run(
        "bash", ROOT / "scripts/deploy", "dev", "--tag", tag, "--url", url, "--timeout", "60s", *more, check=check)


class DeployScriptTests(unittest.TestCase):
    def test_deploys_and_goes_back_by_itself(self):
        with Installation() as installation, Answers() as good, Answers(live=421) as bad:
            missing = deploy(installation, "1.0.0", good.url, check=False)
            self.assertNotEqual(missing.returncode, 0)
            for name in SECRETS:
                self.assertIn(name, missing.stderr)
            self.assertEqual(installation.images(), set())

            installation.add_secrets()
            deploy(installation, "1.0.0", good.url)
            self.assertEqual(installation.images(), {"1.0.0"})
            components = installation.cluster.of_kind("Component")
            self.assertEqual(set(components), {"pubsub", "pubsub-live", "statestore", "sweep-reminders"})

            # The new version starts, but live sync goes to the wrong place.
            answer = deploy(installation, "1.0.1", bad.url, check=False)
            self.assertNotEqual(answer.returncode, 0)
            self.assertIn("live sync answers 421", answer.stdout + answer.stderr)
            self.assertEqual(installation.images(), {"1.0.0"})

            # The new version does not start.
            answer = deploy(installation, "broken", good.url, "--timeout", "4s", "--", "--set", "migration.enabled=false",
                                 check=False)
            self.assertNotEqual(answer.returncode, 0)
            self.assertIn("has failed and was taken back", answer.stderr)
            self.assertEqual(installation.images(), {"1.0.0"})

    def test_says_what_it_wants(self):
        for arguments, words in (
            ([], "scripts/deploy ENVIRONMENT"), (["nowhere", "--tag", "1"], "there is no k8s"), (["dev"], "which version"),
            (["dev", "--tag", "latest"], "which version"), (["dev", "--tga", "1"], "--tga"),
        ):
            answer = run("bash", ROOT / "scripts/deploy", *arguments, check=False, environment={
                "PATH": f"{pathlib.Path(tool('helm')).parent}:{os.environ['PATH']}"})
            self.assertNotEqual(answer.returncode, 0)
            self.assertIn(words, answer.stderr)


class NamespaceTests(unittest.TestCase):
    def test_access_is_for_the_namespace_of_the_release(self):
        with Installation() as installation, Answers() as good:
            installation.run("kubectl", "create", "namespace", "other")
            for name in SECRETS:
                installation.run("kubectl", "create", "secret", "generic", name, "--namespace", "other",
                                 "--from-literal=key=value")
            deploy(installation, "1.0.0", good.url, "--namespace", "other")
            configuration = installation.cluster.of_kind("Configuration")["chat-api"]
            self.assertEqual(configuration["metadata"]["namespace"], "other")
            self.assertEqual(configuration["spec"]["accessControl"]["policies"][0]["namespace"], "other")


class ClientTests(unittest.TestCase):
    def test_kubectl_takes_what_the_chart_makes(self):
        with Installation() as installation:
            for name in ENVIRONMENTS:
                path = pathlib.Path(installation.folder.name, f"{name}.yaml")
                path.write_text(manifest(name))
                installation.run("kubectl", "apply", "--dry-run=client", "--namespace", "errand", "-f", path)

    def test_kubectl_takes_every_resource(self):
        with Installation() as installation:
            for folder in ("dapr/components", "dapr/components/optional", "dapr/subscriptions", "dapr/config",
                           "dapr/resiliency", "kafka/strimzi", "kafka/redpanda"):
                path = ROOT / "k8s" / folder
                installation.run("kubectl", "apply", "--dry-run=client", "-f", path)
                answer = installation.run("kubectl", "apply", "-f", path)
                count = sum(1 for file in path.glob("*.yaml") for item in yaml.safe_load_all(file.read_text()) if item)
                self.assertEqual(len(answer.stdout.splitlines()), count, folder)


if __name__ == "__main__":
    unittest.main()
