/// Calendar feeds; what makes one is ``AssistedOperation/createFeed``, since a door has a part in it.
extension Catalogue {
    public static let listFeeds = CatalogueEntry<[CalendarFeed]>(
        "feeds.list", "Lists the calendar feeds, without their addresses.", scope: .manageCredentials,
        read: { _ in .query(ListFeeds()) },
        json: { ["items": .array($0.map(\.json)), "next_cursor": .null] },
        sentence: { "\(Sentences.count($0.count, "calendar feed"))." }
    )

    public static let deleteFeed = CatalogueEntry<Void>(
        "feeds.delete", "Revokes a calendar feed at once.", scope: .manageCredentials, about: .feed,
        read: { (input) throws(ErrandError) in .command(DeleteFeed(try input.id(of: .feed))) },
        json: { nil }, sentence: { "The calendar feed is revoked." }
    )
}
