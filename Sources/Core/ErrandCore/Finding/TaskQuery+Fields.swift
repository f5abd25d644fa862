extension TaskQuery {
    /// Reads what a list is asked with.
    ///
    /// - Throws: ``ErrandError/invalid(_:)`` naming every broken field.
    public init(_ source: FieldSource) throws(ErrandError) {
        var reader = FieldReader(source)
        self.init()
        search = reader.string("search")
        if let search, search.unicodeScalars.count > Limits.searchLengthMax {
            reader.report("search", .tooLong, "Must have at most \(Limits.searchLengthMax) characters.")
        }
        status =
            reader.parsed("status", expected: "all, pending or completed") { TaskFilter.Status(rawValue: $0) } ?? .all
        let priorities = reader.list("priority", expected: "priorities separated by commas") { Priority(name: $0) }
        self.priorities = Set(priorities ?? [])
        tags = reader.list("tags", expected: "tags separated by commas") { Tag(valid: $0) } ?? []
        if tags.count > Limits.tagsPerTaskMax {
            reader.report("tags", .tooMany, "Must name at most \(Limits.tagsPerTaskMax) tags.")
        }
        anyTag = reader.parsed("tags_mode", expected: "all or any") { ["all": false, "any": true][$0] } ?? false
        due = reader.parsed("due", expected: "overdue, today, week or none") { DueWord(rawValue: $0) }
        dueFrom = reader.timeBound("due_from")
        dueTo = reader.timeBound("due_to")
        readOrder(from: &reader)
        limit = reader.integer("limit", in: Limits.pageSize) ?? Limits.pageSizeDefault
        cursor = reader.string("cursor")
        wantsCount = reader.bool("count") ?? false
        inTrash = reader.bool("trash") ?? false
        expression = reader.string("filter")
        if let expression, expression.unicodeScalars.count > Limits.filterLengthMax {
            reader.report("filter", .tooLong, "Must have at most \(Limits.filterLengthMax) characters.")
        }
        try reader.finish()
    }

    private mutating func readOrder(from reader: inout FieldReader) {
        let keys = "due_date, priority, title, created_at, updated_at, completed, manual or relevance"
        sort = reader.parsed("sort", expected: keys) { TaskOrder.Key(rawValue: $0) }
        isAscending = reader.parsed("order", expected: "asc or desc") { ["asc": true, "desc": false][$0] }
    }
}
