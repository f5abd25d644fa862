"""Runs the tests beside each other, and says how long each has taken: python Tests/Deploy/run.py"""

import concurrent.futures
import pathlib
import subprocess
import sys
import time

FOLDER = pathlib.Path(__file__).parent
# The longest first.
FILES = ["test_release", "test_chart", "test_files", "test_dapr"]


def run(name):
    start = time.monotonic()
    done = subprocess.run([sys.executable, "-m", "unittest", name], cwd=FOLDER, capture_output=True, text=True)
    return name, done, time.monotonic() - start


def main():
    assert sorted(FILES) == sorted(path.stem for path in FOLDER.glob("test_*.py")), "a file is not in the list"
    start, failed = time.monotonic(), False
    with concurrent.futures.ThreadPoolExecutor(len(FILES)) as pool:
        for name, done, seconds in pool.map(run, FILES):
            print(f"{name}: {done.stderr.strip().splitlines()[-1]}, {seconds:.0f} s")
            if done.returncode != 0 or "skipped" in done.stderr:
                failed = True
                print(done.stdout + done.stderr)
    print(f"deploy: {time.monotonic() - start:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
