import ErrandCore

struct SQLTagTable: TagTable {
    let runner: SQLRunner

    /// Where a tag is spelled in several ways, the one that sorts last stands for all: lower case before
    /// capitals, and the same on every database.
    func counts(of owner: UserID) throws(ErrandError) -> [TagCount] {
        guard let ownerRow = try runner.ownerForChange(owner) else { return [] }
        let sql = """
            SELECT max(tag_name), count(*), sum(is_pending) FROM task_tags
            WHERE owner = $1 AND in_trash = 0 GROUP BY tag_key ORDER BY tag_key
            """
        return try runner.all(sql, [.integer(ownerRow)]) { row throws(SQLError) in
            TagCount(tag: Tag(name: try row.text()), count: try row.count(), pending: try row.count())
        }
    }

    func tasks(with key: String, of owner: UserID, limit: Int) throws(ErrandError) -> [TodoTask] {
        guard let ownerRow = try runner.ownerForChange(owner) else { return [] }
        let sql = """
            SELECT \(TaskRow.columns) FROM task_tags g JOIN tasks t ON t.row_id = g.row_id
            WHERE g.owner = $1 AND g.tag_key = $2 ORDER BY g.row_id LIMIT $3
            """
        return try runner.all(sql, [.integer(ownerRow), .text(key), .count(limit)]) { row throws(SQLError) in
            try TaskRow.decode(&row, owner: owner)
        }
    }
}
