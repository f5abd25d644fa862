package import ErrandCore

/// Reads one answer of a server as its bytes come, a stream of events or one JSON text, in either dialect.
///
/// Which of the two it is says its first letter: servers that do not stream although they were asked to are understood.
package struct AnswerReader: Sendable {
    /// Bytes of a whole answer: as much as the quickest server can say within a minute or two.
    package static let answerBytesMax = 8_388_608
    /// Bytes of what the model says: more than anybody would read.
    package static let textBytesMax = 262_144

    private enum Form {
        case unknown
        case events
        case whole
    }

    private let dialect: ModelRequest.Dialect
    private var form = Form.unknown
    private var events = EventStreamReader()
    private var whole: [UInt8] = []
    private var chat = ChatAnswer()
    private var responses = ResponsesAnswer()
    private var bytesCount = 0

    package init(_ dialect: ModelRequest.Dialect) {
        self.dialect = dialect
    }

    /// Whether a stream has said that nothing more comes.
    package var isComplete: Bool { dialect == .chat ? chat.isComplete : responses.isComplete }

    /// - Returns: text of the model that is new.
    package mutating func read(_ bytes: [UInt8]) throws(AnswerFault) -> String {
        bytesCount += bytes.count
        guard bytesCount <= AnswerReader.answerBytesMax else { throw .tooLarge }
        if form == .unknown, let first = bytes.first(where: { $0 > 0x20 }) {
            switch first {
            case UInt8(ascii: "{"), UInt8(ascii: "["): form = .whole
            // A page for people, from something in between.
            case UInt8(ascii: "<"): throw .notUnderstood
            default: form = .events
            }
        }
        switch form {
        case .unknown: return ""
        case .whole:
            whole += bytes
            return ""
        case .events: return try take(events.read(bytes))
        }
    }

    /// To be called once, at the end of the answer.
    ///
    /// - Returns: text of the model that is new.
    package mutating func finish() throws(AnswerFault) -> String {
        switch form {
        case .unknown: throw .brokenOff
        case .events:
            do throws(AnswerFault) {
                return try take(events.finish())
            } catch .notUnderstood {
                // Half an event.
                throw .brokenOff
            }
        case .whole:
            guard let value = try? JSONValue.parse(whole) else { throw .brokenOff }
            return try takeWhole(value)
        }
    }

    /// What the model has said, after ``finish()``.
    ///
    /// - Parameter makeID: for calls without an id.
    package func step(makeID: () -> String) throws(AnswerFault) -> ModelStep {
        switch dialect {
        case .chat: try chat.step(makeID: makeID)
        case .responses: try responses.step(makeID: makeID)
        }
    }

    private mutating func take(_ events: [[UInt8]]) throws(AnswerFault) -> String {
        var new = ""
        for data in events {
            if data.elementsEqual("[DONE]".utf8) {
                if dialect == .chat { chat.end() }
                continue
            }
            guard let event = try? JSONValue.parse(data) else { throw .notUnderstood }
            switch dialect {
            case .chat: new += try chat.take(event)
            case .responses: new += try responses.take(event)
            }
        }
        return try limited(new)
    }

    private mutating func takeWhole(_ value: JSONValue) throws(AnswerFault) -> String {
        switch dialect {
        case .chat:
            if let refusal = ServerRefusal(inAnswer: value) { throw .refused(refusal) }
            guard value["choices"]?.array?.isEmpty == false else { throw .notUnderstood }
            let new = try chat.take(value)
            chat.end()
            return try limited(new)
        case .responses: return try limited(responses.takeWhole(value))
        }
    }

    private func limited(_ new: String) throws(AnswerFault) -> String {
        let text = dialect == .chat ? chat.text : responses.text
        guard text.utf8.count <= AnswerReader.textBytesMax else { throw .tooLarge }
        return new
    }
}

extension AnswerReader {
    /// `content` is a text, or, from some servers, a list of parts of which those without text are passed over.
    static func text(_ content: JSONValue?) -> String {
        switch content {
        case .string(let text): text
        case .array(let parts): parts.map { $0["text"]?.string ?? "" }.joined()
        default: ""
        }
    }

    /// A count of tokens.
    static func count(_ value: JSONValue?) -> Int? {
        value?.integer.flatMap { $0 >= 0 ? Int(clamping: $0) : nil }
    }
}
