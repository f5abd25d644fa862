import ErrandCore

struct SQLSavedFilterTable: SavedFilterTable {
    let runner: SQLRunner

    func all(of owner: UserID) throws(ErrandError) -> [SavedFilter] {
        // Whoever changes one looks at all of them first.
        guard let row = try runner.ownerForChange(owner) else { return [] }
        let sql = """
            SELECT f.id, f.name, f.expression, f.place FROM saved_filters f WHERE f.owner = $1
            ORDER BY f.place, f.row_id
            """
        return try runner.all(sql, [.integer(row)]) { row throws(SQLError) in
            SavedFilter(
                id: try row.id(), ownerID: owner, name: try row.text(), expression: try row.text(),
                position: try row.count()
            )
        }
    }

    func insert(_ filter: SavedFilter) throws(ErrandError) {
        let row = try runner.requiredOwnerForChange(filter.ownerID)
        try runner.execute(
            "INSERT INTO saved_filters (owner, id, name, expression, place) VALUES ($1, $2, $3, $4, $5)",
            [.integer(row), .id(filter.id), .text(filter.name), .text(filter.expression), .count(filter.position)]
        )
    }

    func update(_ filter: SavedFilter) throws(ErrandError) {
        let row = try runner.requiredOwnerForChange(filter.ownerID)
        try runner.executeOnOne(
            "UPDATE saved_filters SET name = $3, expression = $4, place = $5 WHERE owner = $1 AND id = $2",
            [.integer(row), .id(filter.id), .text(filter.name), .text(filter.expression), .count(filter.position)]
        )
    }

    func delete(_ id: SavedFilterID, of owner: UserID) throws(ErrandError) -> Bool {
        guard let row = try runner.ownerForChange(owner) else { return false }
        return try runner.execute(
            "DELETE FROM saved_filters WHERE owner = $1 AND id = $2", [.integer(row), .id(id)]
        ) == 1
    }
}
