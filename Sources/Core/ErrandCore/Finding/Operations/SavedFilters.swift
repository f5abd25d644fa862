import TaskLanguage

/// The filters that the user has saved, in their order.
public struct ListSavedFilters: Query {
    public let requiredScope = Scope.readTasks
    public let isSameForEveryCredential = true

    public init() {}

    public func answer(in context: QueryContext) throws(ErrandError) -> [SavedFilter] {
        try context.transaction.savedFilters.all(of: context.member)
    }

    /// Every change of a filter is a change of the space.
    public func validator(in context: QueryContext) throws(ErrandError) -> AnswerValidator? {
        try context.validator(["filters"])
    }
}

/// Saves a filter, behind the others unless a place is named.
public struct AddSavedFilter: Command {
    public let form: SavedFilterForm
    public let requiredScope = Scope.writeTasks

    public init(_ form: SavedFilterForm) {
        self.form = form
    }

    /// - Throws: ``ErrandError/invalid(_:)`` when the expression is not understood, or there are too many.
    public func execute(in context: CommandContext) throws(ErrandError) -> SavedFilter {
        try context.checkExpression(of: form)
        var all = try context.transaction.savedFilters.all(of: context.member)
        guard all.count < Limits.savedFiltersPerUserMax else {
            let limit = Limits.savedFiltersPerUserMax
            throw .invalid("", .tooMany, "There can be at most \(limit) filters; remove one first.")
        }
        let filter = SavedFilter(
            id: context.newID(), ownerID: context.member, name: form.name ?? "", expression: form.expression ?? "",
            position: min(form.position ?? all.count, all.count)
        )
        all.insert(filter, at: filter.position)
        try context.transaction.savedFilters.insert(filter)
        try context.putInOrder(all)
        try context.record(.filterAdded, about: .filter(filter.id), ["filter": filter.json])
        return filter
    }
}

/// Renames a filter, changes what it finds, or puts it elsewhere.
public struct EditSavedFilter: Command {
    public let id: SavedFilterID
    public let edit: SavedFilterForm
    public let requiredScope = Scope.writeTasks

    public init(_ id: SavedFilterID, _ edit: SavedFilterForm) {
        self.id = id
        self.edit = edit
    }

    /// - Throws: ``ErrandError/invalid(_:)`` when the expression is not understood.
    public func execute(in context: CommandContext) throws(ErrandError) -> SavedFilter {
        var all = try context.transaction.savedFilters.all(of: context.member)
        guard let place = all.firstIndex(where: { $0.id == id }) else { throw .notFound(.filter) }
        try context.checkExpression(of: edit)
        let before = all.remove(at: place)
        var after = before
        after.name = edit.name ?? before.name
        after.expression = edit.expression ?? before.expression
        after.position = min(edit.position ?? before.position, all.count)
        if after == before { return before }
        all.insert(after, at: after.position)
        try context.transaction.savedFilters.update(after)
        try context.putInOrder(all)
        var changes = JSONObject()
        for member in after.members.members where before.members[member.name] != member.value {
            changes.append(member.name, ["from": before.members[member.name] ?? .null, "to": member.value])
        }
        try context.record(
            .filterChanged, about: .filter(id), ["changes": .object(changes), "filter": after.json])
        return after
    }
}

/// Removes a saved filter; no task is touched.
public struct RemoveSavedFilter: Command {
    public let id: SavedFilterID
    public let requiredScope = Scope.writeTasks

    public init(_ id: SavedFilterID) {
        self.id = id
    }

    public func execute(in context: CommandContext) throws(ErrandError) {
        var all = try context.transaction.savedFilters.all(of: context.member)
        guard let place = all.firstIndex(where: { $0.id == id }),
            try context.transaction.savedFilters.delete(id, of: context.member)
        else { throw .notFound(.filter) }
        let filter = all.remove(at: place)
        try context.putInOrder(all)
        try context.record(.filterRemoved, about: .filter(id), ["filter": filter.json])
    }
}

extension CommandContext {
    /// - Throws: ``ErrandError/invalid(_:)`` that says where the expression goes wrong, and what was expected there.
    fileprivate func checkExpression(of form: SavedFilterForm) throws(ErrandError) {
        guard let expression = form.expression else { return }
        let language = try user().settings.language(at: now)
        do throws(FilterSyntaxError) {
            _ = try FilterExpression(expression, in: language)
        } catch {
            throw .invalid("/expression", .invalidValue, error.detail)
        }
    }

    /// Numbers filters in the order in which they are given.
    fileprivate func putInOrder(_ filters: [SavedFilter]) throws(ErrandError) {
        for (position, filter) in filters.enumerated() where filter.position != position {
            var moved = filter
            moved.position = position
            try transaction.savedFilters.update(moved)
        }
    }
}
