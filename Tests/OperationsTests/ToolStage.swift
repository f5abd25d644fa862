import ErrandCore
import TestSupport
import Testing

extension Stage {
    /// Calls a tool, by any of its names.
    func tool(
        _ name: String, _ arguments: JSONValue = [:], as user: User? = nil, scopes: Set<Scope> = Set(Scope.allCases),
        key: String? = nil
    ) async throws -> ToolOutcome {
        let (tool, arguments) = try #require(ToolCatalogue.find(name, arguments), "there is no \(name)")
        let context = ToolContext(operations: operations, principal: principal(user, scopes: scopes), onceKey: key)
        return await tool.call(arguments, via: .chat, in: context)
    }

    /// The same, where it has to go well.
    @discardableResult
    func done(_ name: String, _ arguments: JSONValue = [:]) async throws -> JSONValue {
        let outcome = try await tool(name, arguments)
        #expect(!outcome.isError, "\(name): \(outcome.sentence)")
        return outcome.structured
    }

    /// Name and code of each broken argument, where it has to go wrong.
    func broken(_ name: String, _ arguments: JSONValue) async throws -> [String] {
        let outcome = try await tool(name, arguments)
        #expect(outcome.isError)
        #expect(outcome.sentence.hasPrefix("Nothing was done. "))
        return (outcome.structured["fields"]?.array ?? []).map {
            "\($0["name"]?.string ?? "?") \($0["code"]?.string ?? "?")"
        }
    }

    func titles(_ name: String, _ arguments: JSONValue = [:]) async throws -> [String] {
        (try await done(name, arguments)["tasks"]?.array ?? []).compactMap { $0["title"]?.string }
    }
}

/// Just enough of JSON Schema for the schemas of tools, which are kept that simple.
enum SimpleSchema {
    /// What is wrong with a value; empty when it is valid.
    static func problems(_ value: JSONValue, _ schema: JSONValue, at place: String = "") -> [String] {
        var problems: [String] = []
        let types = schema["type"].map { $0.array?.compactMap(\.string) ?? [$0.string ?? ""] }
        if let types, !types.contains(type(of: value)) {
            problems.append("\(place): \(type(of: value)) is not \(types)")
        }
        if let choices = schema["enum"]?.array, !choices.contains(value) { problems.append("\(place): not a choice") }
        for name in schema["required"]?.array ?? [] where value[name.string ?? ""] == nil {
            problems.append("\(place): lacks \(name)")
        }
        let properties = schema["properties"]?.object
        for member in value.object?.members ?? [] {
            if let inner = properties?[member.name] {
                problems += SimpleSchema.problems(member.value, inner, at: "\(place)/\(member.name)")
            } else if schema["additionalProperties"] == false {
                problems.append("\(place): \(member.name) is unknown")
            }
        }
        if let items = schema["items"] {
            for (index, item) in (value.array ?? []).enumerated() {
                problems += SimpleSchema.problems(item, items, at: "\(place)/\(index)")
            }
        }
        return problems
    }

    private static func type(of value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool: "boolean"
        case .integer: "integer"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}
