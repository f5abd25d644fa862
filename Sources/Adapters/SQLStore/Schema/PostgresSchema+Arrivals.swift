/// Events that are committed and have no place in the log yet; see ``LogOrder``.
///
/// Every event costs what is kept here, so it is little: whoever adds one holds its space, which is there until all
/// arrivals have been moved, see ``SQLErasureTable``.
extension PostgresSchema {
    static let arrivals = [
        """
        CREATE TABLE arrivals (
            number \(identity),
            id \(text) NOT NULL CHECK (length(id) = 36),
            kind \(text) NOT NULL,
            space BIGINT NOT NULL,
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
        CREATE FUNCTION refuse_used_number() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (SELECT 1 FROM outbox WHERE space = NEW.space AND cursor = NEW.cursor) THEN
                RAISE unique_violation USING MESSAGE = 'the change number is used';
            END IF;
            RETURN NEW;
        END
        $$
        """,
        """
        CREATE TRIGGER arrivals_insert BEFORE INSERT ON arrivals
        FOR EACH ROW EXECUTE FUNCTION refuse_used_number()
        """,
        // Rows come and go within milliseconds: dead ones are cleared before they are many.
        """
        ALTER TABLE arrivals SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000)
        """,
    ]
}
