/// Rows that come by the hundred are checked by the statement, not one by one.
///
/// A reference to a space is looked up for each row, and marks the space's row as used by the transaction. Nothing
/// needs that here: events are moved while nobody can remove their space, see ``SQLErasureTable``, audit entries are
/// written before the event that they are about is done with, and a space that has either cannot be removed.
extension PostgresSchema {
    static let batches = [
        "ALTER TABLE outbox DROP CONSTRAINT outbox_space_fkey",
        "ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_space_fkey",
        """
        CREATE FUNCTION keep_used_space() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (SELECT 1 FROM audit_entries WHERE space = OLD.row_id)
                OR EXISTS (SELECT 1 FROM outbox WHERE space = OLD.row_id) THEN
                RAISE foreign_key_violation USING MESSAGE = 'the space has a log';
            END IF;
            RETURN OLD;
        END
        $$
        """,
        """
        CREATE TRIGGER spaces_delete BEFORE DELETE ON spaces
        FOR EACH ROW EXECUTE FUNCTION keep_used_space()
        """,
        "DROP TRIGGER audit_entries_insert ON audit_entries",
        "DROP FUNCTION check_audit_entry()",
        // A number that is used already is refused by its index, so what is new comes after all that is there. Each
        // query about one space is one that the planner leaves alone: it looks into an index.
        """
        CREATE FUNCTION check_audit_entries() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (
                SELECT 1 FROM (
                    SELECT space, count(*) AS entries, min(seq) AS first, max(seq) AS last FROM added GROUP BY space
                ) a
                WHERE a.entries <> a.last - a.first + 1
                    OR a.first <> 1 + coalesce(
                        (SELECT max(e.seq) FROM audit_entries e WHERE e.space = a.space AND e.seq < a.first), 0
                    )
                    OR (SELECT count(*) FROM audit_tombstones t WHERE t.space = a.space) > 0
                    OR (SELECT count(*) FROM spaces s WHERE s.row_id = a.space) = 0
            ) THEN
                RAISE EXCEPTION 'the audit log is append-only';
            END IF;
            RETURN NULL;
        END
        $$
        """,
        """
        CREATE TRIGGER audit_entries_insert AFTER INSERT ON audit_entries REFERENCING NEW TABLE AS added
        FOR EACH STATEMENT EXECUTE FUNCTION check_audit_entries()
        """,
    ]
}
