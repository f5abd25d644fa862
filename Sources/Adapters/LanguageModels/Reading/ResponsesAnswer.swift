import ErrandCore

/// What a Responses answer has said so far.
struct ResponsesAnswer: Sendable {
    /// One item of the output: something said, a thought, a call of a tool.
    private struct Item: Sendable {
        let index: Int64
        /// As the server wrote it, whole once it is done.
        var value: JSONObject
        /// Of a call, as far as it has come.
        var arguments = ""
        var text = ""
    }

    private var items: [Item] = []
    private var usage = ModelUsage()
    private var ending: ModelStep.Ending?

    private(set) var text = ""
    var isComplete: Bool { ending != nil }

    /// Takes an event of a stream.
    ///
    /// - Returns: the text that is new.
    mutating func take(_ event: JSONValue) throws(AnswerFault) -> String {
        let type = event["type"]?.string ?? ""
        let index = event["output_index"]?.integer
        switch type {
        case "response.output_text.delta", "response.refusal.delta":
            return try hear(event["delta"]?.string ?? "", at: index ?? place(of: event["item_id"]) ?? 0)
        case "response.output_item.added", "response.output_item.done":
            guard let item = event["item"]?.object else { return "" }
            let index = index ?? place(of: item["id"]) ?? Int64(items.count)
            return try keep(item, at: index, isWhole: type.hasSuffix("done"))
        case "response.function_call_arguments.delta":
            try change(event) { $0.arguments += event["delta"]?.string ?? "" }
        case "response.function_call_arguments.done":
            try change(event) { item in
                if let whole = event["arguments"]?.string, !whole.isEmpty { item.arguments = whole }
            }
        case "response.completed", "response.incomplete", "response.failed":
            return try takeWhole(event["response"] ?? .null)
        default:
            if let refusal = ServerRefusal(inAnswer: event) { throw .refused(refusal) }
        }
        return ""
    }

    /// Takes a whole response, which is also what a stream ends with.
    ///
    /// - Returns: the text that is new.
    mutating func takeWhole(_ response: JSONValue) throws(AnswerFault) -> String {
        if let refusal = ServerRefusal(inAnswer: response) { throw .refused(refusal) }
        let status = response["status"]?.string
        if status == "failed" || status == "cancelled" { throw .refused(ServerRefusal(status: 500)) }
        if let counts = response["usage"]?.object {
            usage = ModelUsage(
                input: AnswerReader.count(counts["input_tokens"]) ?? 0,
                output: AnswerReader.count(counts["output_tokens"]) ?? 0
            )
        }
        ending =
            switch (status, response["incomplete_details"]?["reason"]?.string) {
            case ("incomplete", "content_filter"): .filtered
            case ("incomplete", _): .tooLong
            default: .complete
            }
        var new = ""
        if let output = response["output"]?.array {
            for (index, item) in output.enumerated() {
                guard let item = item.object else { continue }
                new += try keep(item, at: Int64(index), isWhole: true)
            }
        } else if items.isEmpty {
            throw .notUnderstood
        }
        return new
    }

    private mutating func hear(_ piece: String, at index: Int64) throws(AnswerFault) -> String {
        items[try place(of: index)].text += piece
        text += piece
        return piece
    }

    /// Keeps an item, or what is now known of it.
    ///
    /// - Returns: text of it that was not told in pieces.
    private mutating func keep(_ item: JSONObject, at index: Int64, isWhole: Bool) throws(AnswerFault) -> String {
        let place = try place(of: index)
        items[place].value = item
        if let arguments = item["arguments"] {
            let whole = arguments.string ?? arguments.text
            if !whole.isEmpty, arguments != .null { items[place].arguments = whole }
        }
        guard isWhole, item["type"] == "message", items[place].text.isEmpty else { return "" }
        let said = (item["content"]?.array ?? []).map { $0["text"]?.string ?? $0["refusal"]?.string ?? "" }.joined()
        return try hear(said, at: index)
    }

    private mutating func change(_ event: JSONValue, _ body: (inout Item) -> Void) throws(AnswerFault) {
        let index = event["output_index"]?.integer ?? place(of: event["item_id"])
        let known = index.flatMap { index in items.firstIndex { $0.index == index } }
        guard let place = known ?? items.indices.last else { throw .notUnderstood }
        body(&items[place])
        guard items[place].arguments.utf8.count <= ToolCallAccumulator.argumentBytesMax else { throw .tooLarge }
    }

    /// The index of the item with an id, for servers that leave the index out.
    private func place(of id: JSONValue?) -> Int64? {
        guard let id = id?.string else { return nil }
        return items.last { $0.value["id"]?.string == id }?.index
    }

    /// Where the item with an index is; it is made where there is none.
    private mutating func place(of index: Int64) throws(AnswerFault) -> Int {
        if let known = items.firstIndex(where: { $0.index == index }) { return known }
        guard items.count < 2 * ToolCallAccumulator.callsMax else { throw .tooLarge }
        items.append(Item(index: index, value: JSONObject()))
        return items.count - 1
    }

    /// - Throws: ``AnswerFault/brokenOff`` where nothing says that the model was done.
    func step(makeID: () -> String) throws(AnswerFault) -> ModelStep {
        guard let ending else { throw .brokenOff }
        var (calls, output): ([ModelCall], [JSONValue]) = ([], [])
        var taken: Set<String> = []
        for item in items.sorted(by: { $0.index < $1.index }) {
            var value = item.value
            if value["type"] == "function_call" {
                let given = value["call_id"]?.string ?? ""
                let id = given.isEmpty || taken.contains(given) ? makeID() : given
                taken.insert(id)
                let arguments = ToolCallAccumulator.arguments(item.arguments)
                calls.append(ModelCall(id: id, name: value["name"]?.string ?? "", arguments: arguments))
                value["call_id"] = .string(id)
                value["arguments"] = .string(ResponsesRequest.replayable(arguments))
            }
            if ["reasoning", "message", "function_call"].contains(value["type"]) { output.append(.object(value)) }
        }
        // Thoughts have to be heard again in front of the calls that they led to.
        let echo: JSONValue = calls.isEmpty ? .null : ["responses": .array(output)]
        return ModelStep(text: text, calls: calls, ending: ending, usage: usage, echo: echo)
    }
}
