extension PostgresSchema {
    /// By which edition of the zone rules instants were derived; one row.
    static let zones = [
        """
        CREATE TABLE zone_data (
            edition \(text) PRIMARY KEY CHECK (length(edition) BETWEEN 1 AND 20),
            reached \(text) CHECK (length(reached) = 36),
            number BIGINT NOT NULL CHECK (number >= 0),
            is_done BIGINT NOT NULL CHECK (is_done IN (0, 1))
        )
        """
    ]
}
