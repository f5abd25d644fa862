import ErrandCore

struct SQLTagTable: TagTable {
    let runner: SQLRunner

    /// Where a tag is spelled in several ways, the one that sorts last stands for all: lower case before
    /// capitals, and the same on every database. Tags come in the order of ``CollationKey``.
    func counts(in space: SpaceID) throws(ErrandError) -> [TagCount] {
        guard let spaceRow = try runner.rowForChange(of: space) else { return [] }
        let sql = """
            SELECT max(tag_name), count(*), sum(is_pending) FROM task_tags
            WHERE space = $1 AND in_trash = 0 GROUP BY tag_key
            """
        let counts = try runner.all(sql, [.integer(spaceRow)]) { row throws(SQLError) in
            TagCount(tag: Tag(name: try row.text()), count: try row.count(), pending: try row.count())
        }
        return counts.sortedAlphabetically(by: \.tag.key)
    }

    func tasks(with key: String, in space: SpaceID, limit: Int) throws(ErrandError) -> [TodoTask] {
        guard let spaceRow = try runner.rowForChange(of: space) else { return [] }
        let sql = """
            SELECT \(TaskRow.columns) FROM task_tags g JOIN tasks t ON t.row_id = g.row_id
            WHERE g.space = $1 AND g.tag_key = $2 ORDER BY g.row_id LIMIT $3
            """
        return try runner.all(sql, [.integer(spaceRow), .text(key), .count(limit)]) { row throws(SQLError) in
            try TaskRow.decode(&row, space: space)
        }
    }
}
