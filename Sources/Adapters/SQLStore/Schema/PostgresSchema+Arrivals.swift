/// Events that are committed and have no place in the log yet; see ``LogOrder``.
extension PostgresSchema {
    static let arrivals = [
        """
        CREATE TABLE arrivals (
            number \(identity),
            id \(text) NOT NULL UNIQUE CHECK (length(id) = 36),
            kind \(text) NOT NULL,
            space BIGINT NOT NULL REFERENCES spaces ON DELETE CASCADE,
            task_id \(text) NOT NULL CHECK (length(task_id) = 36),
            cursor BIGINT NOT NULL CHECK (cursor >= 1),
            occurred_at BIGINT NOT NULL,
            request_id \(text),
            traceparent \(text),
            data \(text) NOT NULL,
            UNIQUE (space, cursor)
        )
        """,
        // What could never get a place would stop all that comes after it.
        """
        CREATE FUNCTION refuse_known_event() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (SELECT 1 FROM outbox WHERE space = NEW.space AND cursor = NEW.cursor)
                OR EXISTS (SELECT 1 FROM outbox WHERE id = NEW.id) THEN
                RAISE unique_violation USING MESSAGE = 'the event is in the log';
            END IF;
            RETURN NEW;
        END
        $$
        """,
        """
        CREATE TRIGGER arrivals_insert BEFORE INSERT ON arrivals
        FOR EACH ROW EXECUTE FUNCTION refuse_known_event()
        """,
        // Rows come and go within milliseconds: dead ones are cleared before they are many.
        """
        ALTER TABLE arrivals SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000)
        """,
    ]
}
