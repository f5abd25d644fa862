extension Catalogue {
    public static let listTags = CatalogueEntry<[TagCount]>(
        "tags.list", "Lists the tags with how often each is used.", scope: .readTasks,
        read: { _ in .query(ListTags()) },
        json: { ["items": .array($0.map(\.json)), "next_cursor": .null] },
        sentence: { "\(Sentences.count($0.count, "tag"))." }
    )

    public static let renameTag = CatalogueEntry<TagCount>(
        "tags.rename", "Renames a tag on every task that carries it.", scope: .writeTasks, about: .tag, reads: .body,
        read: { (input) throws(ErrandError) in
            let newTag = try Tag(form: input.body, at: input.pointer)
            return .command(RenameTag(try Tag(named: input.subject), to: newTag))
        },
        json: \.json, sentence: { "The tag is \($0.tag.name) now, on \(Sentences.count($0.count, "task"))." }
    )

    public static let removeTag = CatalogueEntry<Void>(
        "tags.remove", "Takes a tag off every task.", scope: .writeTasks, about: .tag,
        read: { (input) throws(ErrandError) in .command(RemoveTag(try Tag(named: input.subject))) },
        json: { nil }, sentence: { "The tag is off every task." }
    )
}
