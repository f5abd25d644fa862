#!/usr/bin/env python3
"""What hot operations cost in instructions, counted by callgrind, beside what they cost when the baseline was made.

cost.py PROGRAM          fails when one costs a tenth more than in baseline.json
cost.py PROGRAM --write  makes the baseline anew
"""

import ctypes
import json
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import tempfile

BASELINE = pathlib.Path(__file__).with_name("baseline.json")
# Between two runs of one program lies less than a hundredth.
MOST = 0.10
# Compilers and libraries of other versions make other code of the same source.
MOST_ELSEWHERE = 0.30


def count(program):
    """Instructions of one operation, by name."""
    with tempfile.TemporaryDirectory() as folder:
        # Valgrind does not get along with the debug information.
        bare, out = f"{folder}/{program.name}", f"{folder}/out"
        subprocess.run(["strip", "--strip-debug", "-o", bare, program], check=True)
        valgrind = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}"]
        marks = ["--zero-before=getppid", "--dump-after=getpgrp"]
        done = subprocess.run([*valgrind, *marks, bare], capture_output=True, text=True, timeout=600)
        assert done.returncode == 0, done.stderr[-2000:]
        counts = {}
        for number, line in enumerate(done.stdout.splitlines(), 1):
            name, times = line.rsplit(" ", 1)
            total = re.search(r"^totals: (\d+)$", pathlib.Path(f"{out}.{number}").read_text(), re.MULTILINE)
            counts[name] = int(total.group(1)) // int(times)
        return counts


def surroundings():
    """What makes counts differ that is not in the source."""
    swift = subprocess.run(["swift", "--version"], capture_output=True, text=True).stdout
    sqlite = ctypes.CDLL("libsqlite3.so.0").sqlite3_libversion
    sqlite.restype = ctypes.c_char_p
    return [
        platform.machine(), f"Swift {re.search(r'Swift version ([0-9.]+)', swift).group(1)}",
        " ".join(platform.libc_ver()), f"SQLite {sqlite().decode()}",
    ]


def main():
    program = pathlib.Path(sys.argv[1])
    if not shutil.which("valgrind"):
        sys.exit("Counting instructions needs valgrind: scripts/setup --tests installs it.")
    counts, here = count(program), surroundings()
    if sys.argv[2:] == ["--write"]:
        BASELINE.write_text(json.dumps({"made_with": here, "instructions": counts}, indent=4) + "\n")
        return
    baseline = json.loads(BASELINE.read_text())
    there = baseline["made_with"]
    most = MOST if here == there else MOST_ELSEWHERE
    if here != there:
        print(f"The baseline was made with {', '.join(there)}; this is {', '.join(here)}: {most:.0%} are allowed.")
    assert counts.keys() == baseline["instructions"].keys(), "the baseline is of other operations: make it anew"
    if any(cost > baseline["instructions"][name] * (1 + most) for name, cost in counts.items()):
        # Another process may have kept threads from sleeping in time: what is less was possible.
        counts = {name: min(cost, counts[name]) for name, cost in count(program).items()}
    dearer = []
    for name, cost in counts.items():
        change = cost / baseline["instructions"][name] - 1
        print(f"{name}: {cost:,} instructions, {change:+.1%}")
        if change > most:
            dearer.append(name)
    if dearer:
        sys.exit(f"Dearer than the baseline by more than {most:.0%}: {', '.join(dearer)}. "
                 "Where it is worth that, `make cost-baseline` writes a new one.")


main()
