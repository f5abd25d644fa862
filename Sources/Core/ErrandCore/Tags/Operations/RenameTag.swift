/// Renames a tag on every task that carries it. Onto a tag that exists, the two become one.
public struct RenameTag: Command {
    public let tag: Tag
    public let newTag: Tag
    public let requiredScope = Scope.writeTasks

    public init(_ tag: Tag, to newTag: Tag) {
        self.tag = tag
        self.newTag = newTag
    }

    /// - Returns: the new tag with its counts.
    public func execute(in context: CommandContext) throws(ErrandError) -> TagCount {
        try context.changeTasks(with: tag) { tags in
            tags.map { $0 == tag ? newTag : $0 }.withoutRepeats
        }
        let counts = try context.transaction.tags.counts(in: context.space)
        // A tag that is only on tasks in the trash has no counts.
        return counts.first { $0.tag == newTag } ?? TagCount(tag: newTag, count: 0, pending: 0)
    }
}

/// Takes a tag off every task.
public struct RemoveTag: Command {
    public let tag: Tag
    public let requiredScope = Scope.writeTasks

    public init(_ tag: Tag) {
        self.tag = tag
    }

    public func execute(in context: CommandContext) throws(ErrandError) {
        try context.changeTasks(with: tag) { tags in tags.filter { $0 != tag } }
    }
}

extension CommandContext {
    /// - Throws: ``ErrandError/notFound(_:)`` when no task carries the tag; `invalid` when too many do.
    fileprivate func changeTasks(with tag: Tag, _ change: ([Tag]) -> [Tag]) throws(ErrandError) {
        let limit = Limits.tasksPerTagChangeMax
        let tasks = try transaction.tags.tasks(with: tag.key, in: space, limit: limit + 1)
        guard !tasks.isEmpty else { throw .notFound(.tag) }
        guard tasks.count <= limit else {
            throw .invalid("", .tooMany, "The tag is on more than \(limit) tasks; change some of them first.")
        }
        for before in tasks {
            var task = before
            task.tags = change(before.tags)
            // The occurrences that follow would bring the old tag back.
            if let template = before.series?.template { task.series?.template.tags = change(template.tags) }
            _ = try save(task, replacing: before, as: .updated)
        }
    }
}
