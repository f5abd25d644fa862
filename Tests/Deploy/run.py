"""Runs the tests beside each other, and says how long each has taken: python Tests/Deploy/run.py"""

import concurrent.futures
import pathlib
import re
import subprocess
import sys
import time

FOLDER = pathlib.Path(__file__).parent
# What waits most comes first; Helm waits more than it works.
PARTS = [
    "test_release.ReleaseTests", "test_release.DeployScriptTests", "test_chart", "test_release.NamespaceTests",
    "test_release.ClientTests", "test_monitoring", "test_files", "test_dapr", "test_logging",
]


def run(name):
    start = time.monotonic()
    done = subprocess.run([sys.executable, "-m", "unittest", name], cwd=FOLDER, capture_output=True, text=True)
    return name, done, time.monotonic() - start


def main():
    classes = set(re.findall(r"^class (\w+)\(unittest", (FOLDER / "test_release.py").read_text(), re.M))
    assert classes == {part.split(".")[1] for part in PARTS if "." in part}, "a class is not in the list"
    assert {part.split(".")[0] for part in PARTS} == {path.stem for path in FOLDER.glob("test_*.py")}
    start, failed = time.monotonic(), False
    with concurrent.futures.ThreadPoolExecutor(len(PARTS)) as pool:
        for name, done, seconds in pool.map(run, PARTS):
            print(f"{name}: {done.stderr.strip().splitlines()[-1]}, {seconds:.0f} s")
            if done.returncode != 0 or "skipped" in done.stderr:
                failed = True
                print(done.stdout + done.stderr)
    print(f"deploy: {time.monotonic() - start:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
