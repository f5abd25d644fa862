/// Filters that are kept under a name.
extension Catalogue {
    public static let listFilters = CatalogueEntry<[SavedFilter]>(
        "filters.list", "Lists the saved filters in their order.", scope: .readTasks,
        read: { _ in .query(ListSavedFilters()) },
        json: { ["items": .array($0.map(\.json)), "next_cursor": .null] },
        sentence: { "\(Sentences.count($0.count, "filter"))." }
    )

    public static let addFilter = CatalogueEntry<SavedFilter>(
        "filters.add", "Saves a filter under a name.", scope: .writeTasks, reads: .body,
        read: { (input) throws(ErrandError) in
            .command(AddSavedFilter(try SavedFilterForm(input.body, at: input.pointer, isNew: true)))
        },
        json: \.json, sentence: { "\($0.name) is saved." }, isNew: { _ in true }
    )

    public static let editFilter = CatalogueEntry<SavedFilter>(
        "filters.edit", "Renames a saved filter, changes it, or puts it elsewhere.", scope: .writeTasks,
        about: .filter, reads: .body,
        read: { (input) throws(ErrandError) in
            let edit = try SavedFilterForm(input.body, at: input.pointer, isNew: false)
            return .command(EditSavedFilter(try input.id(of: .filter), edit))
        },
        json: \.json, sentence: { "\($0.name) is changed." }
    )

    public static let removeFilter = CatalogueEntry<Void>(
        "filters.remove", "Removes a saved filter.", scope: .writeTasks, about: .filter,
        read: { (input) throws(ErrandError) in .command(RemoveSavedFilter(try input.id(of: .filter))) },
        json: { nil }, sentence: { "The filter is removed." }
    )
}
