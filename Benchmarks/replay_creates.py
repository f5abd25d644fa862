#!/usr/bin/env python3
"""Writes the tasks of a file that `errand-bench creates --folder` has left into another: the same statements with the
same values in the same commits, by Python's sqlite3 alone. Prints rows a second, without what Errand adds.

    Benchmarks/replay_creates.py FILE PEOPLE
"""

import os
import re
import sqlite3
import sys
import tempfile
import time

# As in Sources/Adapters/SQLiteDriver.
PRAGMAS = """
    PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000
"""
NUMBERS = """
    INSERT INTO counters (space, task_number, change_number) VALUES (?, 1, 1) ON CONFLICT (space) DO UPDATE SET
        task_number = counters.task_number + 1, change_number = counters.change_number + 1
    RETURNING task_number, change_number
"""
SEARCH = """
    INSERT INTO task_search (rowid, title, description, tags)
    SELECT u.row_id, space_words(t.space, coalesce(t.title_words, t.title), 1),
        space_words(t.space, coalesce(t.description_words, t.description), 0),
        space_words(t.space, coalesce(t.tags_words, t.tags), 0)
    FROM unsearched_tasks u JOIN tasks t ON t.row_id = u.row_id ORDER BY u.row_id
"""


def space_words(space, text, is_title):
    """As SpaceWords of the program, but for words that are too long."""
    digits = ""
    while space:
        space, digit = divmod(space, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    words = re.findall(r"[0-9A-Za-z\x80-\U0010ffff]+", text)
    return " ".join([f"{digits}^{word}" for word in words[:1] if is_title] + [f"{digits}:{word}" for word in words])


def table(file, name, order="rowid"):
    """The columns of a table, and its rows as dictionaries."""
    cursor = file.execute(f"SELECT * FROM {name} ORDER BY {order}")
    columns = [column[0] for column in cursor.description]
    return columns, [dict(zip(columns, row)) for row in cursor]


def insert(name, columns):
    return f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


def grouped(rows, key):
    groups = {}
    for row in rows:
        groups.setdefault(row[key], []).append(row)
    return groups


def creates(old):
    """For each task that was created, its user and the rows that were inserted: statements with their values."""
    users = {row["row_id"]: row["id"] for row in table(old, "users")[1]}
    task_columns, tasks = table(old, "tasks", "created_at, row_id")
    tag_columns, tags = table(old, "task_tags", "row_id")
    event_columns, events = table(old, "outbox")
    undo_columns, undos = table(old, "undo_records")
    event_columns = [name for name in event_columns if name != "sequence"]
    tags = grouped(tags, "row_id")
    events = {row["task_id"]: row for row in events}
    undos = {owner: iter(rows) for owner, rows in grouped(undos, "owner").items()}
    for task in tasks:
        rows = [("tasks", task_columns, task)]
        rows += [("task_tags", tag_columns, tag) for tag in tags.get(task["row_id"], [])]
        rows.append(("outbox", event_columns, events[task["id"]]))
        rows.append(("undo_records", undo_columns, next(undos[task["space"]])))
        inserts = [(insert(name, columns), [row[key] for key in columns]) for name, columns, row in rows]
        yield task["space"], users[task["space"]], inserts


def make(old, path):
    """An empty file with the schema and the people of the old one."""
    new = sqlite3.connect(path, isolation_level=None, cached_statements=200)
    new.create_function("space_words", 3, space_words, deterministic=True)
    for pragma in PRAGMAS.split(";"):
        new.execute(pragma)
    made = ("sqlite_sequence", "task_search_data", "task_search_idx", "task_search_config")
    for name, sql in old.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid"):
        if name not in made:
            new.execute(sql)
    for name in ("spaces", "users"):
        columns, rows = table(old, name)
        new.executemany(insert(name, columns), ([row[key] for key in columns] for row in rows))
    return new


def replay(new, all_creates, people):
    """Creates a second."""
    start = time.monotonic()
    for first in range(0, len(all_creates), people):
        new.execute("BEGIN IMMEDIATE")
        for space, user, inserts in all_creates[first : first + people]:
            new.execute("SAVEPOINT job")
            new.execute("SELECT * FROM users WHERE id = ?", (user,)).fetchall()
            new.execute(NUMBERS, (space,)).fetchall()
            for sql, values in inserts:
                new.execute(sql, values)
            new.execute("RELEASE job")
        new.execute(SEARCH)
        new.execute("DELETE FROM unsearched_tasks")
        new.execute("COMMIT")
    return len(all_creates) / (time.monotonic() - start)


if __name__ == "__main__":
    old_file = sqlite3.connect(sys.argv[1])
    work = list(creates(old_file))
    with tempfile.TemporaryDirectory(dir=os.path.dirname(os.path.abspath(sys.argv[1]))) as folder:
        print(int(replay(make(old_file, f"{folder}/errand.sqlite"), work, int(sys.argv[2]))))
