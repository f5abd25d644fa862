#!/usr/bin/env python3
"""Has vdirsyncer keep a folder and Errand the same, in both directions; the server is at ERRAND_BASE_URL.

It is told the host alone, and finds the tasks from there.
"""

import pathlib
import subprocess
import sys
import tempfile

from calendar_test import BASE, Person

CONFIGURATION = """
[general]
status_path = "{folder}/status/"
[pair tasks]
a = "files"
b = "errand"
collections = ["from b"]
conflict_resolution = "b wins"
[storage files]
type = "filesystem"
path = "{folder}/files/"
fileext = ".ics"
[storage errand]
type = "caldav"
url = "{base}/"
username = "anybody"
password = "{token}"
item_types = ["VTODO"]
"""

NEW = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test", "BEGIN:VTODO", "UID:a new one", "DTSTAMP:20260101T000000Z",
       "SUMMARY:Brand new", "X-OWN:kept", "END:VTODO", "END:VCALENDAR", ""]


class Folder:
    """What vdirsyncer keeps."""

    def __init__(self, folder, token):
        self.root = pathlib.Path(folder)
        self.configuration = self.root / "config"
        self.configuration.write_text(CONFIGURATION.format(folder=folder, base=BASE, token=token))
        self.run("discover")

    def run(self, command):
        program = pathlib.Path(sys.executable).with_name("vdirsyncer")
        done = subprocess.run(
            [program, "-c", self.configuration, command], input="y\ny\n", capture_output=True, text=True, timeout=60,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    @property
    def files(self):
        return sorted((self.root / "files").rglob("*.ics"))

    def text(self, title):
        return next(text for text in (one.read_text() for one in self.files) if f"SUMMARY:{title}" in text)

    @property
    def titles(self):
        lines = [line for one in self.files for line in one.read_text().splitlines()]
        return sorted(line.removeprefix("SUMMARY:") for line in lines if line.startswith("SUMMARY:"))


def titles(person):
    return sorted(task["title"] for task in person.call("GET", "/tasks")["items"])


def main():
    person = Person()
    token = person.call("POST", "/me/tokens", {"name": "calendar", "scopes": ["tasks:read", "tasks:write"]})["token"]
    made = [person.call("POST", "/tasks", {"title": f"Task {number}", "due_date": f"2026-12-0{number}"}) for number in (1, 2, 3)]
    with tempfile.TemporaryDirectory() as name:
        folder = Folder(name, token)
        folder.run("sync")
        assert folder.titles == ["Task 1", "Task 2", "Task 3"], folder.titles
        first, second, _ = folder.files
        first.write_text(first.read_text().replace("SUMMARY:Task", "SUMMARY:Changed here: task"))
        second.unlink()
        (first.parent / "new.ics").write_text("\r\n".join(NEW))
        folder.run("sync")
        assert titles(person) == ["Brand new", "Changed here: task 1", "Task 3"], titles(person)
        assert person.call("GET", "/tasks?trash=true")["items"][0]["title"] == "Task 2"
        new = next(task for task in person.call("GET", "/tasks")["items"] if task["title"] == "Brand new")
        person.call("PATCH", f"/tasks/{new['id']}", {"title": "Changed there"})
        person.send("DELETE", f"/tasks/{made[2]['id']}")
        folder.run("sync")
        assert folder.titles == ["Changed here: task 1", "Changed there"], folder.titles
        assert "X-OWN:kept" in folder.text("Changed there")
        folder.run("sync")
        assert folder.titles == titles(person)
    print("vdirsyncer: a folder and Errand stay the same, in both directions.")


if __name__ == "__main__":
    main()
