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
        "limit=50", "limit=50&status=pending", "limit=50&sort=due_date&status=pending", "limit=50&priority=urgent,high",
        "limit=50&tags=home", "limit=50&sort=title", "limit=50&due=overdue", "limit=20&sort=updated_at",
    ]
    private static let searches = ["report", "invoice%20ana", "gard", "zeppelin", "%22the%20letter%22", "me"]

    /// The next one of a connection: in ten, eight lists, a search and a create.
    static func number(_ number: Int) -> LoadRequest {
        switch number % 10 {
        case 4:
            let text = searches[number / 10 % searches.count]
            return LoadRequest(kind: .search, method: "GET", path: "/api/v1/tasks?search=\(text)", body: [])
        case 9:
            var samples = SampleTasks()
            let body = samples.task(number).serialized()
            return LoadRequest(kind: .create, method: "POST", path: "/api/v1/tasks", body: body)
        default:
            let query = lists[number / 2 % lists.count]
            return LoadRequest(kind: .list, method: "GET", path: "/api/v1/tasks?\(query)", body: [])
        }
    }
}
