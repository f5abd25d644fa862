import ErrandCore
import ModelContextProtocol

extension AgentHost {
    /// Of suggestions, as the protocol has it.
    private static let suggestionsMax = 100
    private static let days = [
        "today", "tomorrow", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ]

    /// What the user has that an argument could be.
    ///
    /// - Throws: `invalidParams` for a prompt or template that is not there.
    func complete(_ request: CompletionRequest, _ caller: Caller) async throws(ProtocolError) -> JSONObject {
        let kind: Suggestions
        switch request.reference {
        case .prompt(let name):
            guard let prompt = AgentPrompt(rawValue: name) else {
                throw .invalidParams("There is no prompt \(name.prefix(100)).")
            }
            kind = Suggestions(prompt, request.argument)
        case .resource(let uri):
            guard let known = Suggestions(template: uri) else {
                throw .invalidParams("There is no template \(uri.prefix(100)).")
            }
            kind = known
        }
        let values: [String]
        do throws(ErrandError) {
            values = try await suggestions(kind, request.value, caller)
        } catch {
            throw .failing(with: error)
        }
        return [
            "completion": [
                "values": JSONValue(strings: Array(values.prefix(AgentHost.suggestionsMax))),
                "total": JSONValue(values.count), "hasMore": .bool(values.count > AgentHost.suggestionsMax),
            ]
        ]
    }

    private enum Suggestions {
        case none, days, tags, tasks

        init(_ prompt: AgentPrompt, _ argument: String) {
            switch (prompt, argument) {
            case (.planMyDay, "day"): self = .days
            case (.weeklyReview, "tag"): self = .tags
            default: self = .none
            }
        }

        init?(template uri: String) {
            switch uri {
            case "errand://tasks/{number}": self = .tasks
            case "errand://agenda/{day}": self = .days
            case "errand://tags/{tag}": self = .tags
            default: return nil
            }
        }
    }

    private func suggestions(
        _ kind: Suggestions, _ value: String, _ caller: Caller
    ) async throws(ErrandError) -> [String] {
        let typed = value.caseFolded
        switch kind {
        case .none: return []
        case .days: return AgentHost.days.filter { $0.hasPrefix(typed) }
        case .tags:
            let tags = try await content(of: .tags, caller)["tags"]?.array ?? []
            return tags.compactMap { $0["name"]?.string }.filter { $0.caseFolded.hasPrefix(typed) }
        case .tasks:
            let tasks = try await content(of: .openTasks, caller)["tasks"]?.array ?? []
            return tasks.compactMap { task in
                guard let number = task["number"]?.integer.map(String.init) else { return nil }
                let isMeant = number.hasPrefix(typed) || (task["title"]?.string?.caseFolded.contains(typed) ?? false)
                return isMeant ? number : nil
            }
        }
    }
}
