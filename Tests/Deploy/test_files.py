"""Dockerfile, Compose files, workflows and scripts."""

import pathlib
import re
import tempfile
import unittest

import kubernetes_validate
import yaml

import rules
import swift_facts as swift
from tools import CHART, ENVIRONMENTS, ROOT, run

COMPOSE = [ROOT / "docker-compose.yml", ROOT / "docker-compose.redpanda.yml"]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
SCRIPTS = [ROOT / name for name in ("scripts/deploy", "scripts/image", "docker/assemble", "docker/check", "k8s/minikube.sh")]


class ImageTests(unittest.TestCase):
    text = (ROOT / "Dockerfile").read_text()
    runtime = text[text.index("FROM scratch AS runtime"):]

    def test_hadolint_has_nothing_to_say(self):
        run("hadolint", "--failure-threshold", "style", ROOT / "Dockerfile")

    def test_hadolint_would_say_something(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "Dockerfile")
            path.write_text("FROM debian\nRUN cd /tmp && sudo ls\n")
            self.assertNotEqual(run("hadolint", path, check=False).returncode, 0)

    def test_is_what_the_chart_takes_it_for(self):
        self.assertIn("USER 10001:10001", self.runtime)
        self.assertIn("STOPSIGNAL SIGTERM", self.runtime)
        self.assertIn(f"EXPOSE {swift.PUBLIC_PORT} {swift.INTERNAL_PORT}", self.runtime)
        self.assertIn(f"127.0.0.1:{swift.INTERNAL_PORT}/readyz", self.runtime)
        for label in ("title", "version", "revision", "created", "source", "licenses"):
            self.assertIn(f"org.opencontainers.image.{label}=", self.runtime)
        names = (CHART / "templates/_names.tpl").read_text()
        self.assertIn("runAsUser: 10001", names)
        self.assertIn("/usr/bin/errand-health", (CHART / "templates/tests/probe.yaml").read_text())
        for name in re.findall(r"^(?:ENV |    )(ERRAND_\w+)=", self.runtime, re.M):
            self.assertIn(name, swift.settings())

    def test_has_no_shell_to_need(self):
        for line in re.findall(r"^(?:ENTRYPOINT|CMD|    CMD) (.*)$", self.runtime, re.M):
            self.assertTrue(line.startswith("["), line)
        self.assertNotIn("\nRUN", self.runtime)

    def test_librdkafka_is_one_without_the_fault(self):
        version = re.search(r"LIBRDKAFKA_VERSION=(\d+)\.(\d+)\.", self.text).groups()
        self.assertGreaterEqual(tuple(map(int, version)), (2, 8))
        self.assertRegex(self.text, r"LIBRDKAFKA_SHA256=[0-9a-f]{64}\n")
        self.assertIn("sha256sum -c", self.text)

    def test_a_new_volume_belongs_to_its_user(self):
        self.assertIn('COPY --from=build --chown=10001:10001 /owned /\n', self.runtime)
        self.assertIn('VOLUME ["/data"]', self.runtime)
        # Tried without a folder of a machine in its place.
        self.assertNotIn(":/data", (ROOT / "scripts/image").read_text())

    def test_carries_rules_of_time_zones(self):
        build = self.text[:self.text.index("FROM scratch AS runtime")]
        self.assertRegex(build, r"apt-get install [^&]*\btzdata\b")
        for script in ("docker/assemble", "docker/check"):
            self.assertIn("usr/share/zoneinfo", (ROOT / script).read_text())
        upgrading = (ROOT / "docs/guides/upgrading.md").read_text()
        for words in ("-v /usr/share/zoneinfo:/usr/share/zoneinfo:ro", "zoneData.hostPath"):
            self.assertIn(words, upgrading)

    def test_is_run_wherever_tests_are(self):
        makefile = (ROOT / "Makefile").read_text()
        self.assertIn("Tests/Deploy/image_test.py $(BINARY)", makefile[makefile.index("\ntest-deploy:"):])
        self.assertIn("docker/check", (ROOT / "scripts/image").read_text())
        self.assertIn("docker/check /image", self.text)

    def test_nothing_gets_in_by_accident(self):
        lines = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and line[0] != "#"]
        self.assertEqual(lines[0], "*")
        copied = [part for line in re.findall(r"^COPY (?!--from)(.*)$", self.text, re.M) for part in line.split()[:-1]]
        for part in copied:
            self.assertIn(f"!{part}", lines)
            self.assertTrue((ROOT / part).exists(), part)


class ComposeTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.files = {path.name: yaml.safe_load(path.read_text()) for path in COMPOSE}
        cls.distributed = cls.files["docker-compose.redpanda.yml"]

    def test_are_compose_files(self):
        run("check-jsonschema", "--builtin-schema", "vendor.compose-spec", *COMPOSE)

    def test_every_service_has_a_version_limits_and_a_health_check(self):
        # Their images have nothing to ask with, or they end by themselves.
        silent = {"migration", "topics", "placement", "scheduler", "jaeger", "loki", "alloy"}
        for name, file in self.files.items():
            for service, what in file["services"].items():
                where = f"{name} {service}"
                self.assertRegex(what["image"], r":(v?\d+\.\d+|\$\{ERRAND_VERSION)", where)
                limits = what["deploy"]["resources"]["limits"]
                self.assertTrue(limits["cpus"] and limits["memory"], where)
                if service not in silent and not service.endswith("-dapr"):
                    self.assertIn("healthcheck", what, where)
                for port in what.get("ports", []):
                    self.assertTrue(port.startswith("127.0.0.1:"), where)
                self.assertFalse(what.get("privileged"), where)

    def test_the_program_may_do_in_them_what_it_may_do_in_a_cluster(self):
        for file in self.files.values():
            for service, what in file["services"].items():
                if what["image"].startswith("errand:"):
                    self.assertIs(what["read_only"], True, service)
                    self.assertEqual(what["cap_drop"], ["ALL"], service)
                    self.assertIn("no-new-privileges:true", what["security_opt"], service)
                    for name in what.get("environment", {}):
                        self.assertIn(name, swift.settings(), service)

    def test_every_role_runs_with_a_sidecar_that_bears_its_name(self):
        for role in swift.ROLES:
            service, sidecar = self.distributed["services"][role], self.distributed["services"][f"{role}-dapr"]
            self.assertEqual(service["environment"]["ERRAND_ROLE"], role)
            self.assertEqual(sidecar["network_mode"], f"service:{role}")
            self.assertIn(f"--app-id={role}", sidecar["command"])
            self.assertIn(f"--app-port={swift.INTERNAL_PORT}", sidecar["command"])
            self.assertEqual("DATABASE_URL" in service["environment"], role != "frontend")

    def test_its_parts_are_all_there(self):
        self.assertLessEqual({"redpanda", "postgres", "redis", "placement", "scheduler", "prometheus", "grafana", "jaeger",
                              "loki", "proxy"}, set(self.distributed["services"]))

    def test_what_is_named_is_there(self):
        for file in self.files.values():
            for service, what in file["services"].items():
                for volume in what.get("volumes", []):
                    source = volume.split(":")[0]
                    if source.startswith("./"):
                        self.assertTrue((ROOT / source).exists(), source)
                    elif not source.startswith("/"):
                        self.assertIn(source, file["volumes"])
                for config in what.get("configs", []):
                    self.assertIn(config["source"], file["configs"])
                for other in what.get("depends_on", {}):
                    self.assertIn(other, file["services"])

    def test_what_is_written_in_them_can_be_read(self):
        contents = {name: config["content"] for name, config in self.distributed["configs"].items()}
        for name in ("dapr", "secret-store", "redpanda", "prometheus", "grafana", "secrets"):
            self.assertIsInstance(yaml.safe_load(contents[name]), dict, name)
        secrets = yaml.safe_load(contents["secrets"])
        wanted = {}
        for path in [*(ROOT / "k8s/dapr/components").glob("kafka*.yaml"),
                     ROOT / "k8s/dapr/components/optional/statestore-redis.yaml"]:
            for component in yaml.safe_load_all(path.read_text()):
                for entry in component["spec"]["metadata"]:
                    if "secretKeyRef" in entry:
                        wanted.setdefault(entry["secretKeyRef"]["name"], set()).add(entry["secretKeyRef"]["key"])
        self.assertEqual({name: set(keys) for name, keys in secrets.items()}, wanted)
        self.assertIn(f"path {swift.LIVE_PATH}", contents["proxy"])
        targets = yaml.safe_load(contents["prometheus"])["scrape_configs"][0]["static_configs"][0]["targets"]
        self.assertEqual(targets, [f"{role}:{swift.INTERNAL_PORT}" for role in swift.ROLES])


class WorkflowTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.workflows = {path.stem: yaml.safe_load(path.read_text()) for path in WORKFLOWS}

    def test_are_workflows(self):
        run("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *WORKFLOWS)
        run("check-jsonschema", "--builtin-schema", "custom.github-workflows-require-timeout", *[
            path for path in WORKFLOWS if path.stem != "release"])

    def test_zizmor_finds_nothing(self):
        answer = run("zizmor", "--offline", "--no-progress", "--persona", "regular", ROOT / ".github/workflows", check=False)
        self.assertEqual(answer.returncode, 0, answer.stdout + answer.stderr)

    def test_zizmor_would_find_something(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "bad.yml")
            path.write_text("on: pull_request_target\njobs:\n  x:\n    runs-on: ubuntu-24.04\n    steps:\n"
                            "      - run: echo ${{ github.event.pull_request.title }}\n")
            self.assertNotEqual(run("zizmor", "--offline", "--no-progress", path, check=False).returncode, 0)

    def test_actions_are_pinned_and_say_which_version(self):
        for path in WORKFLOWS:
            for line in re.findall(r"uses: (.*)", path.read_text()):
                if not line.startswith("$/"):
                    self.assertRegex(line, r"^[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")

    def test_nobody_may_more_than_needed(self):
        for name, workflow in self.workflows.items():
            self.assertEqual(workflow["permissions"], {}, name)
            for job, what in workflow["jobs"].items():
                self.assertIn("permissions", what, f"{name} {job}")
                writes = {key for key, value in what["permissions"].items() if value == "write"}
                self.assertLessEqual(writes, {"id-token", "packages", "attestations"})
                if "packages" in writes:
                    self.assertEqual(name, "release")
        text = "".join(path.read_text() for path in WORKFLOWS)
        self.assertNotIn("secrets.", text, "no keys: identities")
        self.assertNotIn("pull_request_target", text)

    def test_versions_go_from_dev_to_staging_to_prod(self):
        jobs = self.workflows["release"]["jobs"]
        for name, before in (("dev", "publish"), ("staging", "dev"), ("prod", "staging")):
            needs = jobs[name]["needs"]
            self.assertIn(before, [needs] if isinstance(needs, str) else needs)
            self.assertEqual(jobs[name]["with"]["environment"], name)
            self.assertIn(name, ENVIRONMENTS)
        deploy = self.workflows["deploy"]["jobs"]["deploy"]
        self.assertEqual(deploy["environment"], "${{ inputs.environment }}")
        self.assertTrue(any("scripts/deploy" in step.get("run", "") for step in deploy["steps"]))
        ci = self.workflows["ci"]["jobs"]["test"]["steps"]
        self.assertEqual(ci[-1]["run"], ".ci/run")

    def test_the_image_is_built_and_run_before_anything_is_merged_or_published(self):
        self.assertEqual(self.workflows["ci"]["jobs"]["image"]["steps"][-1]["run"], "scripts/image")
        steps = [step["name"] for step in self.workflows["release"]["jobs"]["image"]["steps"]]
        tried = next(step for step in self.workflows["release"]["jobs"]["image"]["steps"]
                     if "scripts/image" in step.get("run", ""))
        self.assertLess(steps.index(tried["name"]), steps.index("Push with SBOM and provenance"))
        for name in ("ci", "release"):
            options = self.workflows[name]["jobs"]["test"]["container"]["options"]
            for right in re.findall(r'"CAP_(\w+)"', (ROOT / "Tests/Deploy/image_test.py").read_text()):
                # That one comes with every container.
                self.assertTrue(f"--cap-add {right}" in options or right == "SYS_CHROOT", right)


class ScriptTests(unittest.TestCase):
    def test_can_be_read_by_the_shell_and_stop_at_errors(self):
        for path in SCRIPTS:
            run("bash", "-n", path)
            self.assertIn("set -euo pipefail", path.read_text(), path)
            self.assertTrue(path.stat().st_mode & 0o100, path)

    def test_minikube_says_what_is_missing(self):
        answer = run("bash", ROOT / "k8s/minikube.sh", "up", check=False, environment={"PATH": "/usr/bin:/bin"})
        self.assertNotEqual(answer.returncode, 0)
        self.assertRegex(answer.stderr, "minikube.sh: (minikube|kubectl|helm) is needed: https://")
        self.assertEqual(run("bash", ROOT / "k8s/minikube.sh", check=False).returncode, 2)

    def test_the_database_of_the_laptop_is_valid(self):
        everything = list(yaml.safe_load_all((ROOT / "k8s/minikube/postgres.yaml").read_text()))
        for item in everything:
            kubernetes_validate.validate(item, "1.36", strict=True)
            for rule in (rules.check_pod, rules.check_containers):
                self.assertEqual([text for text in rule(item) if "has no liveness" not in text], [])

    def test_the_secrets_of_the_laptop_are_those_that_are_wanted(self):
        text = (ROOT / "k8s/minikube.sh").read_text()
        values = yaml.safe_load((CHART / "values.yaml").read_text())["secrets"]
        for name in [secret["name"] for secret in values.values()] + ["errand-state"]:
            self.assertIn(f"secret errand {name} ", text)

    def test_guides_use_files_that_are_there(self):
        for path in (ROOT / "docs/guides").glob("*.md"):
            for name in re.findall(r"(?:k8s|scripts|docker)/[\w./-]+\w", path.read_text()):
                self.assertTrue((ROOT / name).exists() or "…" in name, f"{path.name} names {name}")


if __name__ == "__main__":
    unittest.main()
