import ErrandCore
import Foundation
import TestSupport
import Testing

@Suite struct ToolCatalogueTests {
    /// As a list of tools says them.
    private static func json(_ tool: Tool) -> JSONValue {
        let hints = tool.effect.hints
        return [
            "name": .string(tool.name), "title": .string(tool.title), "description": .string(tool.description),
            "inputSchema": tool.input, "outputSchema": tool.output,
            "annotations": [
                "readOnlyHint": .bool(hints.readOnly), "destructiveHint": .bool(hints.destructive),
                "idempotentHint": .bool(hints.idempotent), "openWorldHint": false,
            ],
        ]
    }

    @Test func `the list has the tools of the product, and costs less than 6,000 tokens`() {
        #expect(
            ToolCatalogue.tools.map(\.name) == [
                "add_task", "list_tasks", "complete_task", "delete_task", "update_task", "search_tasks", "set_priority",
                "add_tag", "remove_tag", "set_due_date", "create_recurring", "filter_tasks", "sort_tasks",
                "reopen_task", "reschedule_task", "skip_occurrence", "set_reminder", "undo", "agenda",
            ])
        let bytes = JSONValue.array(ToolCatalogue.tools.map(Self.json)).serialized().count
        #expect(bytes / 4 < 6_000, "\(bytes / 4) tokens")
    }

    @Test(arguments: (ToolCatalogue.tools + ToolCatalogue.unlisted).map(\.name))
    func `schemas are such that every client takes them`(_ name: String) throws {
        let tool = try #require(ToolCatalogue.find(name)).tool
        #expect(name.wholeMatch(of: #/[a-z_]{1,64}/#) != nil)
        #expect(!tool.description.isEmpty && tool.description.hasSuffix("."))
        #expect(tool.input["type"] == "object" && tool.output["type"] == "object")
        #expect(tool.input["additionalProperties"] == false)
        for word in ["$ref", "oneOf", "anyOf", "allOf"] {
            #expect(!tool.input.text.contains(word) && !tool.output.text.contains(word))
        }
        for member in tool.input["properties"]?.object?.members ?? [] {
            #expect(member.name.wholeMatch(of: #/[A-Za-z0-9_.-]{1,64}/#) != nil)
        }
        for required in tool.input["required"]?.array ?? [] {
            #expect(tool.input["properties"]?[required.string ?? ""] != nil)
        }
    }

    @Test func `other names lead to tools, and are not listed`() throws {
        for alias in ToolCatalogue.aliases {
            let (tool, arguments) = try #require(ToolCatalogue.find(alias.name, ["limit": 1]))
            #expect(tool.name == alias.tool)
            for member in alias.implied.members { #expect(arguments[member.name] == member.value) }
            #expect(arguments["limit"] == 1)
        }
        #expect(ToolCatalogue.find("list_recurring_tasks", ["filter": "p1"])?.arguments["filter"] == "p1")
        #expect(ToolCatalogue.find("drop_database") == nil)
        let names = (ToolCatalogue.tools + ToolCatalogue.unlisted).map(\.name) + ToolCatalogue.aliases.map(\.name)
        #expect(Set(names).count == names.count)
    }

    /// A good call of each tool, one after the other.
    private static let calls: [(name: String, arguments: JSONValue)] = [
        ("add_task", ["title": "A", "due_date": "tomorrow", "idempotency_key": "k"]),
        ("create_recurring", ["title": "B", "frequency": "daily"]), ("list_tasks", ["status": "pending"]),
        ("search_tasks", ["query": "a"]), ("filter_tasks", ["tags": ["x"], "tags_mode": "any"]),
        ("sort_tasks", ["by": "priority"]), ("agenda", ["from": "today"]), ("get_task", ["task_id": 1]),
        ("list_tags", [:]), ("update_task", ["task_id": 1, "title": "C"]),
        ("set_priority", ["task_id": 1, "priority": "high"]), ("add_tag", ["task_id": 1, "tag": "x"]),
        ("remove_tag", ["task_id": 1, "tag": "x"]), ("set_due_date", ["task_id": 1, "due_date": "2026-03-01"]),
        ("reschedule_task", ["task_id": 1, "due_date": "2026-03-02"]), ("skip_occurrence", ["task_id": 2]),
        ("set_reminder", ["task_id": 1, "before": "PT1H"]), ("complete_task", ["task_ids": [1]]),
        ("reopen_task", ["task_id": 1]), ("end_series", ["task_id": 2]), ("delete_task", ["task_ids": [1, 2]]),
        ("delete_task", ["task_id": 1]), ("restore_task", ["task_id": 1]), ("undo", [:]),
    ]

    @Test func `every tool takes what its schema says and answers what its schema says`() async throws {
        try await Stage.with { stage in
            for (name, arguments) in Self.calls {
                let tool = try #require(ToolCatalogue.find(name)).tool
                #expect(SimpleSchema.problems(arguments, tool.input) == [], "\(name)")
                stage.clock.advance(by: .seconds(1))
                let outcome = try await stage.tool(name, arguments)
                #expect(!outcome.isError, "\(name): \(outcome.sentence)")
                #expect(SimpleSchema.problems(outcome.structured, tool.output) == [], "\(name)")
                let writes = !tool.effect.hints.readOnly && outcome.question == nil
                #expect((outcome.undoToken != nil) == writes, "\(name)")
            }
        }
        #expect(Set(Self.calls.map(\.name)) == Set((ToolCatalogue.tools + ToolCatalogue.unlisted).map(\.name)))
    }

    @Test(arguments: (ToolCatalogue.tools + ToolCatalogue.unlisted).map(\.name))
    func `a tool takes its right, and only its own arguments from its own user`(_ name: String) async throws {
        try await Stage.with { stage in
            let tool = try #require(ToolCatalogue.find(name)).tool
            let arguments = try #require(Self.calls.first { $0.name == name }).arguments
            let barred = try await stage.tool(
                name, arguments, scopes: Set(Scope.allCases).subtracting([tool.scope])
            )
            #expect(barred.structured["code"] == "insufficient_scope")
            var object = try #require(arguments.object)
            object["nope"] = 1
            object["user_id"] = .string(stage.ben.id.description)
            let broken = try await stage.broken(name, .object(object))
            #expect(broken.contains("nope unknown"))
            #expect(broken.contains("user_id invalid_value"))
            object["nope"] = nil
            object["user_id"] = .string(stage.ana.id.description)
            #expect(try await stage.tool(name, .object(object)).structured["code"] != "validation_failed")
            for nonsense in ["text", 5, [1]] as [JSONValue] {
                #expect(try await stage.tool(name, nonsense).isError)
            }
        }
    }

    /// With ERRAND_SNAPSHOTS=1 the page is written anew; the difference is then read.
    @Test func `the reference page says what the catalogue says`() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "docs/tools.md")
        let page = ToolReference.page
        if ProcessInfo.processInfo.environment["ERRAND_SNAPSHOTS"] == "1" { try Data(page.utf8).write(to: file) }
        #expect(try String(contentsOf: file, encoding: .utf8) == page)
    }
}

/// The reference of tools, as Markdown.
private enum ToolReference {
    static var page: String {
        var lines = [
            "# Tools", "",
            "What agents (MCP) and the chat can do, made from `ToolCatalogue`. `ERRAND_SNAPSHOTS=1 swift test --filter "
                + "ToolCatalogueTests` writes this page.", "",
            "- A call is one transaction: it does everything or nothing. What is wrong is told by argument.",
            "- Tasks are named by number or UUID; up to 25 at once where there is `task_ids` or `tasks`.",
            "- Dates are RFC 3339, plain dates, or words, which are read in the user's zone and language.",
            "- Every write answers with `undo`, good for 10 minutes. With the same `idempotency_key` (an argument of"
                + " every write) it is done once.",
            "- Deleting more than one task needs `confirm: true`.", "",
        ]
        for tool in ToolCatalogue.tools { lines += section(tool) }
        lines += ["## Not listed", "", "Tools and names that are understood when somebody uses them.", ""]
        lines += ["| name | is |", "|---|---|"]
        for tool in ToolCatalogue.unlisted { lines.append("| `\(tool.name)` | \(tool.description) |") }
        for alias in ToolCatalogue.aliases {
            let implied = alias.implied.members.map { " with `\($0.name): \($0.value.string ?? "")`" }.joined()
            lines.append("| `\(alias.name)` | `\(alias.tool)`\(implied) |")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func section(_ tool: Tool) -> [String] {
        let hints = tool.effect.hints
        let kind =
            hints.readOnly
            ? "Reads."
            : "Writes\(hints.destructive ? ", overwrites" : "")\(hints.idempotent ? ", may be repeated" : "")."
        var lines = ["## \(tool.name)", "", tool.description, "", "\(kind) Takes `\(tool.scope.rawValue)`.", ""]
        let required = Set((tool.input["required"]?.array ?? []).compactMap(\.string))
        let members = tool.input["properties"]?.object?.members ?? []
        if !members.isEmpty { lines += ["| argument | type | |", "|---|---|---|"] }
        for member in members {
            let name = required.contains(member.name) ? "**\(member.name)**" : member.name
            lines.append("| \(name) | \(type(member.value)) | \(member.value["description"]?.string ?? "") |")
        }
        return lines + (members.isEmpty ? [] : [""])
    }

    private static func type(_ schema: JSONValue) -> String {
        if let choices = schema["enum"]?.array { return choices.compactMap(\.string).joined(separator: ", ") }
        if let items = schema["items"] { return "list of \(type(items))" }
        return schema["type"]?.string ?? (schema["type"]?.array ?? []).compactMap(\.string).joined(separator: " or ")
    }
}
