import CivilTime
import ErrandCore
import HTTPTypes
import LanguageModels
import Synchronization

/// A server in the place of one over HTTP, which says one thing after the other.
final class ScriptedServer: Sendable {
    enum Reply: Sendable {
        case transcript(String)
        case refusal(Int, headers: [String: String] = [:], body: String = "")
        /// An answer as an event stream.
        case stream(String)
        case failure(RetryPlan.Failure)
        /// The same, piece by piece.
        case pieces([String])
        /// Says this much and breaks off.
        case tornAfter(String)
    }

    /// What it was asked.
    struct Asked: Sendable {
        let path: String
        let headers: [String: String]
        let body: JSONValue

        var members: Set<String> { Set(body.object?.members.map(\.name) ?? []) }
    }

    private struct State {
        var replies: [Reply]
        var asked: [Asked] = []
        var pauses: [Duration] = []
        var notices: [ModelNotice] = []
    }

    private let state: Mutex<State>

    var asked: [Asked] { state.withLock(\.asked) }
    var pauses: [Duration] { state.withLock(\.pauses) }
    var notices: [ModelNotice] { state.withLock(\.notices) }

    init(_ replies: [Reply]) {
        state = Mutex(State(replies: replies))
    }

    static let hello = Reply.stream(
        #"data: {"choices":[{"index":0,"delta":{"content":"Hello."},"finish_reason":"stop"}]}"# + "\n\ndata: [DONE]\n\n"
    )

    /// Pauses take no time, and the greatest jitter is taken off them.
    func model(_ options: ModelServerOptions) -> ModelServer {
        ModelServer(
            options,
            ModelServer.Surroundings(
                now: { Instant("2026-11-27T12:00:00Z") ?? .earliest },
                randomBytes: { Array(repeating: 0, count: $0) },
                pause: { duration in self.state.withLock { $0.pauses.append(duration) } }
            ),
            transport: ModelTransport { (request, put) async throws(RetryPlan.Failure) in
                try self.answer(request, put)
            },
            report: { notice in self.state.withLock { $0.notices.append(notice) } }
        )
    }

    private func answer(_ request: ModelRequest, _ put: ModelTransport.Put) throws(RetryPlan.Failure) {
        let reply = state.withLock { state in
            let headers = Dictionary(request.headers.map { ($0.name, $0.value) }) { $1 }
            state.asked.append(Asked(path: request.url, headers: headers, body: request.body))
            return state.replies.isEmpty ? nil : state.replies.removeFirst()
        }
        switch reply {
        case .transcript(let name):
            guard let transcript = try? Transcript(name) else { throw .notUnderstood }
            if name.hasSuffix(".http") {
                say(transcript.status, transcript.headers, transcript.body, put)
            } else {
                say(200, [], transcript.bytes, put)
            }
        case .refusal(let status, let headers, let body):
            say(status, headers.map { ($0.key, $0.value) }, Array(body.utf8), put)
        case .stream(let text): say(200, [], Array(text.utf8), put)
        case .pieces(let pieces):
            put(.head(status: 200, HTTPFields()))
            for piece in pieces { put(.bytes(Array(piece.utf8))) }
        case .tornAfter(let text):
            say(200, [], Array(text.utf8), put)
            throw .unreachable
        case .failure(let failure): throw failure
        case nil: throw .notUnderstood
        }
    }

    private func say(
        _ status: Int, _ headers: [(name: String, value: String)], _ body: [UInt8], _ put: ModelTransport.Put
    ) {
        var fields = HTTPFields()
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
        }
        put(.head(status: status, fields))
        put(.bytes(body))
    }
}

/// What was told of a step.
final class Told: Sendable {
    private let state = Mutex("")

    var text: String { state.withLock { $0 } }

    func tell(_ piece: String) {
        state.withLock { $0 += piece }
    }
}

extension ModelServer {
    /// A step, and what was told of it.
    func step(_ prompt: ModelPrompt) async -> (result: Result<ModelStep, ModelFailure>, told: String) {
        let told = Told()
        do throws(ModelFailure) {
            let step = try await step(prompt) { (text) async throws(CancellationError) in told.tell(text) }
            return (.success(step), told.text)
        } catch {
            return (.failure(error), told.text)
        }
    }
}

extension ModelPrompt {
    static let tool = ModelTool(
        name: "add_task", description: "Adds a task.",
        parameters: ["type": "object", "properties": ["title": ["type": "string"]], "required": ["title"]]
    )

    static func saying(_ text: String, tools: [ModelTool] = [tool]) -> ModelPrompt {
        ModelPrompt(instructions: "You keep tasks.", messages: [.user(text)], tools: tools)
    }
}
