extension SQLiteSchema {
    /// By which edition of the zone rules instants were derived; one row.
    static let zones = [
        """
        CREATE TABLE zone_data (
            edition TEXT PRIMARY KEY CHECK (length(edition) BETWEEN 1 AND 20),
            reached TEXT CHECK (length(reached) = 36),
            number INTEGER NOT NULL CHECK (number >= 0),
            is_done INTEGER NOT NULL CHECK (is_done IN (0, 1))
        ) STRICT, WITHOUT ROWID
        """
    ]
}
