import ErrandCore

/// Puts the calls of tools of one Chat Completions answer together from their pieces.
///
/// The pieces of one call are told apart by their index. That is what OpenAI does; servers that only resemble it leave
/// it out, give all calls the same one, repeat the name, or send arguments as objects.
struct ToolCallAccumulator: Sendable {
    /// Calls in one answer.
    static let callsMax = 64
    /// Bytes of the arguments of one call.
    static let argumentBytesMax = 262_144

    private struct Open: Sendable {
        var index: Int64?
        var id = ""
        var name = ""
        var arguments = ""
        var echo = JSONObject()
    }

    private var calls: [Open] = []

    var isEmpty: Bool { calls.isEmpty }

    /// Takes one element of `tool_calls`.
    mutating func take(_ piece: JSONValue) throws(AnswerFault) {
        guard let members = piece.object else { return }
        let function = members["function"]?.object ?? JSONObject()
        let name = function["name"]?.string ?? ""
        let place = try place(index: members["index"]?.integer, id: members["id"]?.string ?? "", name: name)
        if calls[place].name.isEmpty {
            calls[place].name = name
        } else if name != calls[place].name {
            calls[place].name += name
        }
        switch function["arguments"] {
        case .string(let text): calls[place].arguments += text
        case .object(let object): calls[place].arguments += JSONValue.object(object).text
        case .array(let array): calls[place].arguments += JSONValue.array(array).text
        default: break
        }
        guard calls[place].arguments.utf8.count <= ToolCallAccumulator.argumentBytesMax,
            calls[place].name.utf8.count <= ToolCallAccumulator.argumentBytesMax
        else { throw .tooLarge }
        keepUnknown(members, function, of: place)
    }

    /// Where the call of a piece is; a new one is opened where there is none.
    private mutating func place(index: Int64?, id: String, name: String) throws(AnswerFault) -> Int {
        let known: Int? =
            if let index {
                calls.lastIndex { $0.index == index }
            } else if !id.isEmpty {
                calls.lastIndex { $0.id == id }
            } else {
                calls.indices.last
            }
        if let known, !isAnother(calls[known], index: index, id: id, name: name) {
            if calls[known].id.isEmpty { calls[known].id = id }
            return known
        }
        guard calls.count < ToolCallAccumulator.callsMax else { throw .tooLarge }
        calls.append(Open(index: index, id: id))
        return calls.count - 1
    }

    /// Whether a piece that seems to belong to a call begins the next one: by a new id and a name, under an index that
    /// is the same for all; or, where there is neither index nor id, by a name after arguments that are whole.
    private func isAnother(_ call: Open, index: Int64?, id: String, name: String) -> Bool {
        if index != nil { return !id.isEmpty && !call.id.isEmpty && id != call.id && !name.isEmpty }
        guard id.isEmpty, !name.isEmpty, !call.name.isEmpty else { return false }
        return (try? JSONValue.parse(call.arguments)) != nil
    }

    /// Members that are not ours to understand are said again, such as the signatures of Gemini's thoughts.
    private mutating func keepUnknown(_ members: JSONObject, _ function: JSONObject, of place: Int) {
        for member in members.members where member.value != .null {
            if !["index", "id", "type", "function"].contains(member.name) {
                calls[place].echo[member.name] = member.value
            }
        }
        for member in function.members where member.value != .null {
            if !["name", "arguments"].contains(member.name) {
                var kept = calls[place].echo["function"]?.object ?? JSONObject()
                kept[member.name] = member.value
                calls[place].echo["function"] = .object(kept)
            }
        }
    }

    /// Whether arguments are not JSON, as when a stream breaks off.
    var isTorn: Bool { calls.contains { (try? JSONValue.parse(ToolCallAccumulator.arguments($0.arguments))) == nil } }

    /// - Parameter makeID: for calls without an id, or with one that another has.
    func finished(makeID: () -> String) -> [ModelCall] {
        var taken: Set<String> = []
        return calls.map { call in
            let id = call.id.isEmpty || taken.contains(call.id) ? makeID() : call.id
            taken.insert(id)
            return ModelCall(
                id: id, name: call.name, arguments: ToolCallAccumulator.arguments(call.arguments),
                echo: call.echo.isEmpty ? .null : ["chat": .object(call.echo)]
            )
        }
    }

    /// What a model has written as arguments, as JSON text where it can be read as such: nothing is `{}`, and a text
    /// with JSON in it is what is in it.
    static func arguments(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 > 0x20 }) else { return "{}" }
        switch try? JSONValue.parse(text) {
        case .null: return "{}"
        case .string(let inner):
            return inner.utf8.contains { $0 > 0x20 } ? inner : "{}"
        default: return text
        }
    }
}
