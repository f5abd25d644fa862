import ErrandCore
import Foundation
import ModelContextProtocol

/// What agents can read, by its address.
enum AgentResource: Hashable, Sendable {
    /// By number or id.
    case task(TaskReference)
    /// What is still to be done, by due date.
    case openTasks
    /// A day, in words too; the next seven days where it is `week`.
    case agenda(String)
    case tags
    case tag(String)
    case profile

    static let scheme = "errand://"

    init?(_ uri: String) {
        guard uri.hasPrefix(AgentResource.scheme), uri.utf8.count <= 500 else { return nil }
        let path = uri.dropFirst(AgentResource.scheme.count).split(separator: "/", omittingEmptySubsequences: false)
        let name = path.count == 2 ? String(path[1]).removingPercentEncoding : nil
        switch (path.first, path.count, name) {
        case ("tasks", 1, _): self = .openTasks
        case ("tasks", 2, let name?):
            guard let reference = TaskReference(name) else { return nil }
            self = .task(reference)
        case ("agenda", 2, let day?) where !day.isEmpty: self = .agenda(day)
        case ("tags", 1, _): self = .tags
        case ("tags", 2, let tag?) where !tag.isEmpty: self = .tag(tag)
        case ("me", 1, _): self = .profile
        default: return nil
        }
    }

    var scope: Scope { self == .profile ? .readAccount : .readTasks }

    static let list: [JSONValue] = [
        resource("tasks", "Open tasks", "What is still to be done, by due date."),
        resource("agenda/today", "Today", "What is overdue and what is due today."),
        resource("agenda/week", "The next seven days", "What is overdue and what is due on each day."),
        resource("tags", "Tags", "The tags with how often each is used."),
        resource("me", "Account", "The user's zone, language and other settings."),
    ]

    static let templates: [JSONValue] = [
        template("tasks/{number}", "Task", "One task with all that is known of it, by number or UUID."),
        template("agenda/{day}", "Day", "A day: YYYY-MM-DD, or words such as tomorrow."),
        template("tags/{tag}", "Tasks with a tag", "The open tasks that carry a tag."),
    ]

    private static func resource(_ path: String, _ title: String, _ description: String) -> JSONValue {
        described("uri", path, title, description)
    }

    private static func template(_ path: String, _ title: String, _ description: String) -> JSONValue {
        described("uriTemplate", path, title, description)
    }

    private static func described(_ key: String, _ path: String, _ title: String, _ description: String) -> JSONValue {
        [
            key: .string(scheme + path), "name": .string(path), "title": .string(title),
            "description": .string(description), "mimeType": "application/json",
        ]
    }
}

extension AgentHost {
    /// What a resource says now.
    func content(of resource: AgentResource, _ caller: Caller) async throws(ErrandError) -> JSONValue {
        switch resource {
        case .task(let reference):
            let name: JSONValue =
                switch reference {
                case .number(let number): .integer(number)
                case .id(let id): .string(id.description)
                }
            return try await row("tasks.read", ["task_id": name], caller)
        case .openTasks:
            return try await tool("sort_tasks", ["by": "due_date", "status": "pending", "limit": 200], caller)
        case .agenda("week"): return try await tool("agenda", [:], caller)
        case .agenda(let day): return try await tool("agenda", ["from": .string(day), "to": .string(day)], caller)
        case .tags: return try await tool("list_tags", [:], caller)
        case .tag(let tag):
            return try await tool("filter_tasks", ["tags": [.string(tag)], "status": "pending", "limit": 200], caller)
        case .profile: return try await row("me.read", [:], caller)
        }
    }

    /// - Throws: `resourceNotFound` for what is no resource, or not there.
    func read(
        _ uri: String, _ request: ClientRequest, _ caller: Caller
    ) async throws(ProtocolError) -> JSONValue {
        guard let resource = AgentResource(uri) else { throw .resourceNotFound(uri, in: request.era) }
        do throws(ErrandError) {
            let content = AgentHost.content(try await content(of: resource, caller), at: uri)
            return request.resourceResponse(content, caching: .own(milliseconds: 0))
        } catch {
            switch error {
            case .notFound, .invalid: throw .resourceNotFound(uri, in: request.era)
            default: throw .failing(with: error)
            }
        }
    }

    static func content(_ json: JSONValue, at uri: String) -> ResourceContent {
        ResourceContent(uri, type: "application/json", .text(json.text))
    }

    private func row(_ name: String, _ arguments: JSONValue, _ caller: Caller) async throws(ErrandError) -> JSONValue {
        guard let entry = Catalogue.entry(name) else { throw .notFound(.route) }
        return try await entry.read(arguments: arguments).perform(by: operations, as: caller.principal).json ?? .null
    }

    /// What a tool that only reads answers.
    private func tool(_ name: String, _ arguments: JSONValue, _ caller: Caller) async throws(ErrandError) -> JSONValue {
        guard let (tool, arguments) = ToolCatalogue.find(name, arguments) else { throw .notFound(.route) }
        let outcome = await tool.call(arguments, via: .mcp, in: context(caller))
        if outcome.isError { throw outcome.structured["code"] == "unavailable" ? .unavailable : .invalid([]) }
        return outcome.structured
    }
}
