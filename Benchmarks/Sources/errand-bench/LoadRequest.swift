import ErrandCore

/// One request of the load.
struct LoadRequest: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        case list, search, create
    }

    let kind: Kind
    let method: String
    let path: String
    let body: [UInt8]

    private static let lists = [
        "", "&status=pending", "&sort=due_date&status=pending", "&priority=urgent,high", "&tags=home", "&sort=title",
        "&due=overdue", "&sort=updated_at",
    ]
    private static let searches = ["report", "invoice%20ana", "gard", "zeppelin", "%22the%20letter%22", "me"]

    /// The next one of a connection under a mixed load: in ten, eight lists, a search and a create.
    ///
    /// - Parameter limit: tasks of a list.
    static func number(_ number: Int, limit: Int) -> LoadRequest {
        switch number % 10 {
        case 4:
            let text = searches[number / 10 % searches.count]
            return LoadRequest(
                kind: .search, method: "GET", path: "/api/v1/tasks?limit=\(limit)&search=\(text)", body: [])
        case 9: return create(number)
        default:
            let query = lists[number / 2 % lists.count]
            return LoadRequest(kind: .list, method: "GET", path: "/api/v1/tasks?limit=\(limit)\(query)", body: [])
        }
    }

    /// A create with values of its number.
    static func create(_ number: Int) -> LoadRequest {
        var samples = SampleTasks(seed: number)
        let body = samples.task(number).serialized()
        return LoadRequest(kind: .create, method: "POST", path: "/api/v1/tasks", body: body)
    }
}
