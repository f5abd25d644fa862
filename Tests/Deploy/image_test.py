"""What docker/assemble puts together, run as a cluster would: python Tests/Deploy/image_test.py BINARY

Every role gets namespaces of its own (processes, mounts, a network of nothing but itself), in which it is the first
process, without rights, in a root folder that it cannot write to: as an engine for containers would do it, and where
there is one (Podman), scripts/image does it once more with the image that is built from the same. Needs root.
"""

import concurrent.futures
import contextlib
import ctypes
import fcntl
import http.server
import os
import pathlib
import re
import shutil
import signal
import socket
import stat
import struct
import subprocess
import sys
import tempfile
import time

import swift_facts as swift
from tools import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text()
RUNTIME = DOCKERFILE[DOCKERFILE.index("FROM scratch AS runtime"):]
USER = 10001
SIZE_MAX = 150_000_000
SIDECAR = 3500
# By their numbers in linux/capability.h: to make namespaces and mounts, an interface of their own, and to look into them.
RIGHTS = {"CAP_SYS_ADMIN": 21, "CAP_NET_ADMIN": 12, "CAP_SYS_CHROOT": 18, "CAP_SYS_PTRACE": 19}
NAMESPACES = ("--mount", "--pid", "--net", "--ipc", "--uts")


def image_environment():
    """What the image sets, as the Dockerfile says it."""
    block = re.search(r"^ENV (.*?[^\\])$", RUNTIME, re.M | re.S).group(1)
    return dict(re.findall(r"(\w+)=(\S+)", block))


def health_command():
    return re.findall(r'"([^"]+)"', re.search(r"^    CMD (\[.*\])$", RUNTIME, re.M).group(1))


def mount(*arguments):
    subprocess.run(["mount", *map(str, arguments)], check=True)


class Well(http.server.BaseHTTPRequestHandler):
    """A sidecar that says no more than that it is well."""

    def do_GET(self):
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


def inside(root, data, zones, sidecar, *command):
    """Runs in the namespaces: mounts what an engine mounts, gives every right away, and becomes the program."""
    # Its own copy of the loopback interface is down at first: SIOCSIFFLAGS, IFF_UP.
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, 0x8914, struct.pack("16sh14x", b"lo", 1))
    root, environment = pathlib.Path(root), image_environment()
    mount("--bind", root, root)
    mount("-o", "remount,bind,ro", root)
    mount("-t", "tmpfs", "-o", "size=64m,mode=1777", "tmpfs", root / "tmp")
    mount("--bind", data, root / "data")
    mount("-t", "proc", "proc", root / "proc")
    if zones != "-":
        # As the guides say it: those of the machine, read-only.
        mount("--bind", zones, root / "usr/share/zoneinfo")
        mount("-o", "remount,bind,ro", root / "usr/share/zoneinfo")
    if sidecar == "sidecar":
        environment["DAPR_HTTP_PORT"] = str(SIDECAR)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", SIDECAR), Well)
        if os.fork() == 0:
            server.serve_forever()
    os.chroot(root)
    os.chdir("/data")
    os.setgroups([])
    os.setresgid(USER, USER, USER)
    os.setresuid(USER, USER, USER)
    ctypes.CDLL(None).prctl(38, 1, 0, 0, 0)  # PR_SET_NO_NEW_PRIVS
    os.execve("/usr/bin/errand", ["/usr/bin/errand", *command], environment)


class Sandbox:
    """One process of the image."""

    def __init__(self, root, data, *command, zones=None, sidecar=False):
        data.mkdir()
        shutil.chown(data, USER, USER)
        data.chmod(0o700)
        self.log = open(f"{data}.log", "w+", encoding="utf-8")
        self.process = subprocess.Popen(
            ["unshare", *NAMESPACES, "--fork", "--kill-child=KILL", sys.executable, __file__, "--inside", root, data,
             zones or "-", "sidecar" if sidecar else "-", *command], stdout=self.log, stderr=subprocess.STDOUT)

    def first(self):
        """The program as this machine numbers it; inside it is 1."""
        children = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return int(children[0]) if children else None

    def is_well(self):
        """The image's own health command, from inside."""
        first = self.first()
        return first is not None and subprocess.run(
            ["nsenter", "-t", str(first), "--mount", "--net", f"--root=/proc/{first}/root", "--setuid", str(USER), "--setgid",
             str(USER), *health_command()], capture_output=True, timeout=10).returncode == 0

    def text(self):
        self.log.flush()
        return pathlib.Path(self.log.name).read_text()

    def status(self):
        """What the kernel says of the rights of the program."""
        return dict(line.split(":\t", 1) for line in pathlib.Path(f"/proc/{self.first()}/status").read_text().splitlines())

    def stop(self):
        """Seconds until it has ended by itself."""
        before = time.monotonic()
        os.kill(self.first(), signal.SIGTERM)
        assert self.process.wait(15) == 0, f"it ended with {self.process.returncode}: {self.text()}"
        return time.monotonic() - before

    def end(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.log.close()


def until(what, is_so, seconds=60):
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, f"not within {seconds} s: {what()}"
        time.sleep(0.1)


def answer(root, folder, name, *command, zones=None):
    """What one command of the program writes, in there."""
    sandbox = Sandbox(root, folder / name, *command, zones=zones)
    try:
        sandbox.process.wait(30)
        return sandbox.text()
    finally:
        sandbox.end()


def check_content(root):
    size = 0
    for path in root.rglob("*"):
        status = path.lstat()
        name = f"/{path.relative_to(root)}"
        if stat.S_ISLNK(status.st_mode):
            target = (path.parent / os.readlink(path)).resolve()
            assert target.is_relative_to(root) and target.exists(), f"{name} leads nowhere"
            continue
        size += status.st_size if path.is_file() else 0
        assert not status.st_mode & (stat.S_ISUID | stat.S_ISGID), f"{name} gives rights"
        if name not in ("/data", "/tmp"):
            assert (status.st_uid, status.st_gid) == (0, 0) and not status.st_mode & 0o022, f"{name} can be written to"
            assert status.st_mode & 0o004, f"{name} cannot be read"
    data = (root / "data").stat()
    assert (data.st_uid, data.st_gid, stat.S_IMODE(data.st_mode)) == (USER, USER, 0o700), "a volume would not be the user's"
    assert size < SIZE_MAX, f"{size} bytes"
    assert {path.name for path in (root / "usr/bin").iterdir()} - {"errand.commit"} == {"errand", "errand-health"}
    packages = {path.name for path in (root / "var/lib/dpkg/status.d").iterdir()}
    assert {"libc6", "libsqlite3-0", "tzdata"} <= packages, packages
    for name in packages:
        assert f"Package: {name}\n" in (root / "var/lib/dpkg/status.d" / name).read_text(), name
    return size


def check_zones(root, folder):
    """Those of the image are seen; those that a machine mounts in their place count as soon as they are newer."""
    first = (root / "usr/share/zoneinfo/tzdata.zi").open(encoding="utf-8").readline()
    edition = re.fullmatch(r"# version (\d{4}[a-z]+)\n", first).group(1)
    assert f"the system's: {edition})" in answer(root, folder, "version", "--version")
    found = re.search(r"^ok +zone data +.*", answer(root, folder, "doctor", "doctor"), re.M)
    assert found and edition in found.group(0), found
    newer = folder / "zoneinfo"
    shutil.copytree(root / "usr/share/zoneinfo", newer, symlinks=True)
    (newer / "tzdata.zi").write_text("# version 2099b\n")
    said = answer(root, folder, "mounted", "doctor", zones=newer)
    assert re.search(r"^ok +zone data +The system's 2099b are in use", said, re.M), said
    return edition


def check_roles(root, folder):
    with contextlib.ExitStack() as stack:
        running = {}
        for role in ["all", *swift.ROLES]:
            flags = [] if role == "all" else ["--role", role]
            running[role] = Sandbox(root, folder / role, "serve", *flags, sidecar=role == "frontend")
            stack.callback(running[role].end)
        for role, sandbox in running.items():
            until(lambda: f"{role} answers /readyz\n{sandbox.text()}", sandbox.is_well)
            status = sandbox.status()
            assert status["Uid"].split() == [str(USER)] * 4, status["Uid"]
            assert (int(status["CapEff"], 16), int(status["CapPrm"], 16), status["NoNewPrivs"]) == (0, 0, "1"), status
            assert status["NSpid"].split()[-1] == "1", "it is not the first process"
        with concurrent.futures.ThreadPoolExecutor(len(running)) as pool:
            times = list(pool.map(Sandbox.stop, running.values()))
        for role, sandbox in running.items():
            for line in sandbox.text().splitlines():
                assert line.startswith("{") and '"level":"error"' not in line, f"{role}: {line}"
        return max(times)


def check_with_an_engine(binary):
    """The same through the runtime stage of the Dockerfile, where something can build and run images."""
    if not shutil.which("podman"):
        print("image: no Podman here; the root folder is all that was tried")
        return
    tag = f"errand:test-{os.getpid()}"
    try:
        subprocess.run(["scripts/image", "--tag", tag, "--runtime-only", binary], check=True, timeout=280, cwd=ROOT,
                       stdout=subprocess.DEVNULL)
        print("image: built by Podman; every role answers in it, too")
    finally:
        subprocess.run(["podman", "--cgroup-manager=cgroupfs", "rmi", "--force", tag], capture_output=True)


def main(binary):
    start = time.monotonic()
    have = int(re.search(r"^CapEff:\t(\w+)$", pathlib.Path("/proc/self/status").read_text(), re.M).group(1), 16)
    missing = [name for name, number in RIGHTS.items() if not have >> number & 1]
    assert not missing, f"root may not do here what is needed: {', '.join(missing)}; a container gets it with --cap-add"
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        root = folder / "image"
        for script in (["docker/assemble", binary, root], ["docker/check", root]):
            subprocess.run(script, check=True, cwd=ROOT, timeout=120)
        size = check_content(root)
        # Where an engine mounts what the kernel says.
        (root / "proc").mkdir()
        edition = check_zones(root, folder)
        slowest = check_roles(root, folder)
    print(f"image: {size // 1_000_000} MB; zones {edition}; {len(swift.ROLES) + 1} servers answer /readyz as {USER} without "
          f"rights, and end within {slowest * 1000:.0f} ms")
    check_with_an_engine(binary)
    print(f"image: {time.monotonic() - start:.0f} s")


if __name__ == "__main__":
    if sys.argv[1] == "--inside":
        inside(*sys.argv[2:])
    elif os.geteuid() != 0:
        os.execvp("sudo", ["sudo", sys.executable, __file__, *sys.argv[1:]])
    else:
        main(pathlib.Path(sys.argv[1]).resolve())
