import ArgumentParser
import CivilTime
import ErrandClient
import ErrandCore

/// What to list, shared by `list` and `search`.
struct ListOptions: ParsableArguments {
    enum Status: String, ExpressibleByArgument, CaseIterable {
        case open, done, all

        var wireName: String {
            switch self {
            case .open: "pending"
            case .done: "completed"
            case .all: "all"
            }
        }
    }

    enum Due: String, ExpressibleByArgument, CaseIterable {
        case overdue, today, week, none
    }

    enum Order: String, ExpressibleByArgument, CaseIterable {
        case asc, desc
    }

    enum Sort: String, ExpressibleByArgument, CaseIterable {
        case due, priority, title, created, updated, completed, manual, relevance

        var wireName: String {
            switch self {
            case .due: "due_date"
            case .created: "created_at"
            case .updated: "updated_at"
            case .priority, .title, .completed, .manual, .relevance: rawValue
            }
        }
    }

    @Option(help: "Which tasks (default: open; all in the trash).")
    var status: Status?

    @Option(parsing: .singleValue, help: "Only this priority, also p1 to p4; repeat for more.")
    var priority: [Priority] = []

    @Option(
        name: .customLong("tag"), parsing: .singleValue,
        help: ArgumentHelp("Only with this tag; repeat for tasks with all of them.", valueName: "tag")
    )
    var tags: [String] = []

    @Option(help: "When they are due.")
    var due: Due?

    @Option(help: "An expression, such as '#home & due before: friday & !recurring'.")
    var filter: String?

    @Option(help: "What to sort by (default: created).")
    var sort: Sort?

    @Option(help: "Up or down (default: asc for due and title, else desc).")
    var order: Order?

    @Option(help: "How many tasks at most (default: 50).")
    var limit: Int?

    @Flag(help: "All tasks, however many.")
    var all = false

    @Flag(help: "What is in the trash.")
    var trash = false

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit must be at least 1.") }
        if limit != nil, all { throw ValidationError("Give --limit or --all, not both.") }
        if tags.contains(where: { $0.contains(",") }) { throw ValidationError("A tag has no comma: repeat --tag.") }
    }

    /// The parameters of the request, without the page.
    func query(search: String?) -> [(name: String, value: String)] {
        var query: [(name: String, value: String)] = []
        if let search { query.append(("search", search)) }
        query.append(("status", (status ?? (trash ? .all : .open)).wireName))
        if !priority.isEmpty { query.append(("priority", priority.map(\.name).joined(separator: ","))) }
        if !tags.isEmpty { query.append(("tags", tags.joined(separator: ","))) }
        if let due { query.append(("due", due.rawValue)) }
        if let filter { query.append(("filter", filter)) }
        if let sort { query.append(("sort", sort.wireName)) }
        if let order { query.append(("order", order.rawValue)) }
        if trash { query.append(("trash", "true")) }
        return query
    }
}

extension ClientSession {
    /// The most that the server gives at once.
    private static let pageMax = 200

    /// Fetches as many pages as were asked for and prints them.
    func list(_ options: ListOptions, search: String?) async throws {
        let query = options.query(search: search)
        var remaining = options.all ? Int.max : options.limit ?? 50
        var items: [JSONValue] = []
        var cursor: String?
        repeat {
            let size = min(remaining, ClientSession.pageMax)
            let page = [("limit", String(size))] + (cursor.map { [("cursor", $0)] } ?? [])
            let json = try await read(["tasks"], query: query + page).json
            guard let more = json["items"]?.array else {
                throw ClientError.unexpected("The server's answer is not a list. Is this an Errand server?")
            }
            items += more
            remaining -= more.count
            // An empty page ends the list whatever its cursor says, so that this loop ends too.
            cursor = more.isEmpty ? nil : json["next_cursor"]?.string
        } while cursor != nil && remaining > 0
        show(["items": .array(items), "next_cursor": JSONValue(text: cursor)]) {
            TaskTable.lines(items.compactMap(TaskView.init), due: dueText, on: screen)
        }
        if !printsJSON, screen != .file {
            if items.isEmpty { Terminal.remark("Nothing found.") }
            if cursor != nil { Terminal.remark("There are more: see --all and --limit.") }
        }
    }
}
