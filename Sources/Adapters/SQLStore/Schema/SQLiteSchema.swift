/// The schema on SQLite. Rules that must always hold are here, not only in code.
///
/// A task's `row_id` is its space's row times 2^32 plus its number. So the tasks of one space lie side by
/// side, newest last, in the table and in every posting list of the search index: whatever one asks
/// reads one range of rows, and nobody else's.
enum SQLiteSchema {
    static let migrations: [[String]] = [
        accounts + tasks + search + changes, time, events, conversations, spaces, reminders, letters,
        deliveries, pushKeys, addresses, channelLinks, replays, zones, positions, filters, calendars,
        feeds, replaced, batches, spaceWords,
    ]

    private static let accounts = [
        """
        CREATE TABLE users (
            row_id INTEGER PRIMARY KEY AUTOINCREMENT CHECK (row_id BETWEEN 1 AND 2147483647),
            id TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
            email TEXT NOT NULL CHECK (length(email) <= 254),
            email_key TEXT UNIQUE CHECK (email_key <> ''),
            name TEXT NOT NULL CHECK (length(name) <= 100),
            time_zone TEXT NOT NULL CHECK (length(time_zone) BETWEEN 1 AND 64),
            day_end TEXT NOT NULL CHECK (length(day_end) = 5),
            all_day_reminder_time TEXT NOT NULL CHECK (length(all_day_reminder_time) IN (5, 8)),
            week_start INTEGER NOT NULL CHECK (week_start BETWEEN 0 AND 6),
            password_hash TEXT,
            created_at INTEGER NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE identities (
            issuer TEXT NOT NULL,
            subject TEXT NOT NULL,
            owner INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
            PRIMARY KEY (issuer, subject)
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX identities_by_owner ON identities (owner)",
        """
        CREATE TABLE sessions (
            id TEXT PRIMARY KEY CHECK (length(id) = 36),
            owner INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
            generation INTEGER NOT NULL CHECK (generation >= 1),
            rotated_at INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            revoked_at INTEGER,
            ends_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX sessions_by_owner ON sessions (owner)",
        "CREATE INDEX sessions_by_end ON sessions (ends_at)",
        """
        CREATE TABLE personal_tokens (
            id TEXT PRIMARY KEY CHECK (length(id) = 36),
            owner INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
            hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
            name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
            scopes TEXT NOT NULL CHECK (json_valid(scopes)),
            created_at INTEGER NOT NULL,
            expires_at INTEGER,
            last_used_at INTEGER
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX personal_tokens_by_owner ON personal_tokens (owner, created_at)",
        """
        CREATE TABLE signing_keys (
            id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 100),
            purpose TEXT NOT NULL CHECK (purpose IN ('access', 'refresh')),
            secret BLOB NOT NULL CHECK (length(secret) > 0),
            created_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
    ]

    private static let tasks = [
        """
        CREATE TABLE tasks (
            row_id INTEGER PRIMARY KEY CHECK (row_id >> 32 = owner AND row_id & 4294967295 >= 1),
            owner INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
            id TEXT NOT NULL CHECK (length(id) = 36),
            priority INTEGER NOT NULL CHECK (priority BETWEEN 1 AND 4),
            completed_at INTEGER,
            deleted_at INTEGER,
            due_at INTEGER,
            overdue_at INTEGER CHECK (overdue_at >= due_at),
            due_kind TEXT CHECK (due_kind IN ('date', 'floating', 'zoned')),
            due_date TEXT CHECK (length(due_date) = 10),
            due_time TEXT CHECK (length(due_time) IN (5, 8)),
            due_zone TEXT CHECK (length(due_zone) BETWEEN 1 AND 64),
            version INTEGER NOT NULL CHECK (version >= 1),
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            title_key TEXT NOT NULL CHECK (length(title_key) <= 100),
            title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 500),
            tags TEXT NOT NULL CHECK (json_valid(tags)),
            description TEXT NOT NULL CHECK (length(description) <= 16384),
            UNIQUE (owner, id),
            CHECK ((due_kind IS NULL) = (due_date IS NULL)),
            CHECK ((due_kind IS NULL) = (due_at IS NULL)),
            CHECK ((due_kind IS NULL) = (overdue_at IS NULL)),
            CHECK ((due_time IS NOT NULL) = (due_kind IS NOT NULL AND due_kind <> 'date')),
            CHECK ((due_zone IS NOT NULL) = (due_kind IS NOT NULL AND due_kind = 'zoned'))
        ) STRICT
        """,
        // One index per order of a list, with every value that a list is filtered by: a filter that
        // finds little reads one of them from end to end and no rows beside.
        """
        CREATE INDEX tasks_by_due ON tasks
            (owner, due_at, id, completed_at, priority, overdue_at, deleted_at)
        """,
        """
        CREATE INDEX tasks_by_priority ON tasks
            (owner, priority, id, completed_at, due_at, overdue_at, deleted_at)
        """,
        """
        CREATE INDEX tasks_by_title ON tasks
            (owner, title_key, id, completed_at, priority, due_at, overdue_at, deleted_at)
        """,
        """
        CREATE INDEX tasks_by_creation ON tasks
            (owner, created_at, id, completed_at, priority, due_at, overdue_at, deleted_at)
        """,
        """
        CREATE INDEX tasks_by_change ON tasks
            (owner, updated_at, id, completed_at, priority, due_at, overdue_at, deleted_at)
        """,
        """
        CREATE INDEX tasks_by_completion ON tasks
            (owner, completed_at, id, priority, due_at, overdue_at, deleted_at)
        """,
        "CREATE INDEX tasks_by_deletion ON tasks (deleted_at) WHERE deleted_at IS NOT NULL",
        "CREATE INDEX tasks_in_trash ON tasks (owner) WHERE deleted_at IS NOT NULL",
        """
        CREATE TABLE task_tags (
            owner INTEGER NOT NULL,
            tag_key TEXT NOT NULL CHECK (tag_key <> ''),
            row_id INTEGER NOT NULL REFERENCES tasks ON DELETE CASCADE,
            tag_name TEXT NOT NULL CHECK (length(tag_name) BETWEEN 1 AND 60),
            is_pending INTEGER NOT NULL CHECK (is_pending IN (0, 1)),
            in_trash INTEGER NOT NULL CHECK (in_trash IN (0, 1)),
            PRIMARY KEY (owner, tag_key, row_id)
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE UNIQUE INDEX task_tags_by_task ON task_tags (row_id, tag_key)",
        """
        CREATE TABLE counters (
            owner INTEGER PRIMARY KEY REFERENCES users ON DELETE CASCADE,
            task_number INTEGER NOT NULL CHECK (task_number BETWEEN 0 AND 4294967295),
            change_number INTEGER NOT NULL CHECK (change_number >= 0)
        ) STRICT
        """,
    ]

    /// The search index holds no text of its own. Removing a row from it takes the very text that was
    /// added (<https://www.sqlite.org/fts5.html#the_delete_command>), which triggers alone can vouch for.
    private static let search = [
        """
        CREATE VIRTUAL TABLE task_search USING fts5 (
            title, description, tags, content='', columnsize=0, prefix='1 2 3',
            tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co So'"
        )
        """,
        """
        CREATE TRIGGER task_search_insert AFTER INSERT ON tasks BEGIN
            INSERT INTO task_search (rowid, title, description, tags)
            VALUES (NEW.row_id, NEW.title, NEW.description, NEW.tags);
        END
        """,
        """
        CREATE TRIGGER task_search_update AFTER UPDATE OF title, description, tags ON tasks
        WHEN OLD.title <> NEW.title OR OLD.description <> NEW.description OR OLD.tags <> NEW.tags BEGIN
            INSERT INTO task_search (task_search, rowid, title, description, tags)
            VALUES ('delete', OLD.row_id, OLD.title, OLD.description, OLD.tags);
            INSERT INTO task_search (rowid, title, description, tags)
            VALUES (NEW.row_id, NEW.title, NEW.description, NEW.tags);
        END
        """,
        """
        CREATE TRIGGER task_search_delete AFTER DELETE ON tasks BEGIN
            INSERT INTO task_search (task_search, rowid, title, description, tags)
            VALUES ('delete', OLD.row_id, OLD.title, OLD.description, OLD.tags);
        END
        """,
    ]

    private static let changes = [
        """
        CREATE TABLE outbox (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
            kind TEXT NOT NULL,
            owner INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
            task_id TEXT NOT NULL CHECK (length(task_id) = 36),
            cursor INTEGER NOT NULL CHECK (cursor >= 1),
            data TEXT NOT NULL CHECK (json_valid(data)),
            UNIQUE (owner, cursor)
        ) STRICT
        """,
        """
        CREATE TABLE undo_records (
            owner INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
            token TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            entries TEXT NOT NULL CHECK (json_valid(entries)),
            PRIMARY KEY (owner, token)
        ) STRICT
        """,
        "CREATE INDEX undo_records_by_creation ON undo_records (created_at)",
        """
        CREATE TABLE replies (
            owner INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
            target TEXT NOT NULL,
            key TEXT NOT NULL CHECK (length(key) <= 255),
            fingerprint BLOB NOT NULL,
            status INTEGER NOT NULL CHECK (status BETWEEN 100 AND 599),
            headers TEXT NOT NULL CHECK (json_valid(headers)),
            body BLOB NOT NULL,
            created_at INTEGER NOT NULL,
            PRIMARY KEY (owner, target, key)
        ) STRICT
        """,
        "CREATE INDEX replies_by_creation ON replies (created_at)",
    ]
}
