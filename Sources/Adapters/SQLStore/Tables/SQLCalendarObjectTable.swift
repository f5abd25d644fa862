import ErrandCore

struct SQLCalendarObjectTable: CalendarObjectTable {
    let runner: SQLRunner

    private static let selection = """
        SELECT t.id, o.name, o.uid, o.text, o.revision FROM calendar_objects o JOIN tasks t ON t.row_id = o.task_row
        """

    func find(task id: TaskID, in space: SpaceID) throws(ErrandError) -> KeptCalendarObject? {
        try objects("t.space = $1 AND t.id = $2", [.id(id)], in: space).first
    }

    func find(name: String, in space: SpaceID) throws(ErrandError) -> KeptCalendarObject? {
        try objects("o.space = $1 AND o.name = $2", [.text(name)], in: space).first
    }

    func find(uid: String, in space: SpaceID) throws(ErrandError) -> KeptCalendarObject? {
        try objects("o.space = $1 AND o.uid = $2", [.text(uid)], in: space).first
    }

    func all(of numbers: ClosedRange<Int64>, in space: SpaceID) throws(ErrandError) -> [KeptCalendarObject] {
        guard let row = try runner.rowForChange(of: space),
            let first = TaskRow.rowID(space: row, number: numbers.lowerBound),
            let last = TaskRow.rowID(space: row, number: numbers.upperBound)
        else { return [] }
        let condition = "o.space = $1 AND o.task_row BETWEEN $2 AND $3 ORDER BY o.task_row"
        return try objects(condition, [.integer(first), .integer(last)], in: space)
    }

    func changed(after revision: Int64, in space: SpaceID) throws(ErrandError) -> [TaskID] {
        guard let row = try runner.rowForChange(of: space) else { return [] }
        let sql = """
            SELECT t.id FROM calendar_objects o JOIN tasks t ON t.row_id = o.task_row
            WHERE o.space = $1 AND o.revision > $2 ORDER BY o.revision
            """
        return try runner.all(sql, [.integer(row), .integer(revision)]) { row throws(SQLError) in try row.id() }
    }

    func lastRevision(in space: SpaceID) throws(ErrandError) -> Int64 {
        guard let row = try runner.rowForChange(of: space) else { return 0 }
        return try runner.number(
            "SELECT coalesce(max(revision), 0) FROM calendar_objects WHERE space = $1", [.integer(row)]
        )
    }

    func save(_ object: KeptCalendarObject, of task: TodoTask) throws(ErrandError) {
        let row = try runner.requiredRowForChange(of: task.spaceID)
        try runner.execute(
            """
            INSERT INTO calendar_objects (task_row, space, name, uid, text, revision) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (task_row) DO UPDATE
            SET name = excluded.name, uid = excluded.uid, text = excluded.text, revision = excluded.revision
            """,
            [
                .integer(row << 32 | task.number), .integer(row), .text(object.name), .text(object.uid),
                .text(object.text), .integer(object.revision),
            ]
        )
    }

    private func objects(
        _ condition: String, _ arguments: [SQLValue], in space: SpaceID
    ) throws(ErrandError) -> [KeptCalendarObject] {
        guard let row = try runner.rowForChange(of: space) else { return [] }
        return try runner.all("\(Self.selection) WHERE \(condition)", [.integer(row)] + arguments) {
            row throws(SQLError) in
            KeptCalendarObject(
                taskID: try row.id(), name: try row.text(), uid: try row.text(), text: try row.text(),
                revision: try row.integer()
            )
        }
    }
}
