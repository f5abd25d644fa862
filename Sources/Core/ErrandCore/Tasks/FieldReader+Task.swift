import CivilTime

/// The fields of a task as every door reads them.
extension FieldReader {
    mutating func title(_ name: String = "title") -> String? { text(name, .title) }

    mutating func priority(_ name: String = "priority") -> Priority? {
        parsed(name, expected: "low, medium, high, urgent or p1 to p4", Priority.init(name:))
    }

    /// A list of tags, repeats left out.
    mutating func tags(_ name: String = "tags") -> [Tag]? {
        guard let value = value(name) else { return nil }
        guard let items = value.array else {
            report(name, .wrongType, "Must be a list of strings.")
            return nil
        }
        guard items.count <= Limits.tagsPerTaskMax else {
            report(name, .tooMany, "Must have at most \(Limits.tagsPerTaskMax) tags, has \(items.count).")
            return nil
        }
        var tags: [Tag] = []
        for (index, item) in items.enumerated() {
            guard let text = item.string else {
                report(item: index, of: name, .wrongType, "Must be a string.")
                continue
            }
            switch TextRule.tag.apply(to: text) {
            case .success(let valid): tags.append(Tag(name: valid))
            case .failure(let violation): report(item: index, of: name, violation.code, violation.detail)
            }
        }
        return tags.withoutRepeats
    }

    /// `due`, or `due_date` in its place: absent, `null`, or a due date.
    mutating func due() -> Patch<DueInput> {
        let due = value("due")
        let dueDate = value("due_date")
        if due != nil, dueDate != nil {
            report("due_date", .excluded, "Cannot be given together with due.")
            return .keep
        }
        switch (due, dueDate) {
        case (nil, nil): return .keep
        case (.null?, _), (_, .null?): return .clear
        case (let due?, _):
            var reader = FieldReader(due, at: path("due"))
            let value = reader.dueMembers()
            report(contentsOf: reader.problems)
            return value.map { .set(.due($0)) } ?? .keep
        default:
            let expected = "an RFC 3339 date-time with offset, or a date (YYYY-MM-DD)"
            return parsed("due_date", expected: expected) { DueInput($0) }.map { .set($0) } ?? .keep
        }
    }
}
