/// The tools of the catalogue as models in chat are told of them: without what only other callers need.
enum ModelTools {
    static let all = ToolCatalogue.tools.map { ModelTool($0) }

    /// Arguments that are the business of whoever calls: a user of a chat is asked, and nothing is sent twice.
    static let hidden: Set<String> = ["confirm", "idempotency_key", "user_id", "if_version"]

    /// Descriptions that speak of those.
    fileprivate static let descriptions = [
        "delete_task": "Puts one task, or up to 25, into the trash, where they stay for 30 days.",
        "undo": "Takes back what one write did, all of it. `token` is the `undo` of its answer; without one, the last "
            + "change of this conversation.",
    ]
}

extension ModelTool {
    fileprivate init(_ tool: Tool) {
        var parameters = tool.input.object ?? [:]
        if var members = parameters["properties"]?.object {
            for name in ModelTools.hidden { members[name] = nil }
            parameters["properties"] = .object(members)
        }
        self.init(
            name: tool.name, description: ModelTools.descriptions[tool.name] ?? tool.description,
            parameters: .object(parameters)
        )
    }

    var bytes: Int { name.utf8.count + description.utf8.count + parameters.serialized().count }
}
