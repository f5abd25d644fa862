extension PostgresSchema {
    /// As in ``SQLiteSchema/filters``.
    static let filters = [
        """
        CREATE TABLE saved_filters (
            row_id \(identity),
            owner BIGINT NOT NULL REFERENCES users ON DELETE CASCADE,
            id \(text) NOT NULL CHECK (length(id) = 36),
            name \(text) NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
            expression \(text) NOT NULL CHECK (length(expression) BETWEEN 1 AND 1000),
            place BIGINT NOT NULL CHECK (place >= 0),
            UNIQUE (owner, id)
        )
        """
    ]
}
