import ErrandCore
import ErrandHTTP
import HTTPTypes
import Hummingbird

/// An answer that can be kept and given again.
struct Reply: Sendable {
    var status: HTTPResponse.Status
    var headers = HTTPFields()
    /// JSON text; nil for an answer without a body.
    var body: [UInt8]?

    static let noContent = Reply(status: .noContent)

    static func json(_ body: JSONValue, status: HTTPResponse.Status = .ok) -> Reply {
        Reply(status: status, body: body.serialized())
    }

    /// A task with its state as the strong ETag.
    static func task(_ status: HTTPResponse.Status = .ok, _ task: TodoTask) -> Reply {
        Reply(
            status: status, headers: [.eTag: EntityTag.text(task.validator)],
            body: task.json.serialized()
        )
    }

    /// That the client has the answer (RFC 9110 §15.4.5).
    ///
    /// - Parameter tag: its entity tag.
    static func unchanged(_ tag: String) -> Response { Reply(status: .notModified).marked(tag).response() }

    /// The answer under an entity tag, to be kept by its client and asked for again under that.
    func marked(_ tag: String) -> Reply {
        var reply = self
        reply.headers[.eTag] = tag
        reply.headers[.cacheControl] = "private, no-cache"
        return reply
    }

    func response() -> Response {
        guard let body, !body.isEmpty else { return Response(status: status, headers: headers) }
        return Response(status, bytes: body, type: "application/json", headers: headers)
    }

    func stored(fingerprint: [UInt8]) -> StoredReply {
        let fields = headers.map { ($0.name.canonicalName, $0.value) }
        return StoredReply(
            status: status.code, headers: Dictionary(fields) { $1 }, body: body ?? [], fingerprint: fingerprint
        )
    }

    static func response(_ stored: StoredReply, isReplayed: Bool) -> Response {
        var reply = Reply(status: HTTPResponse.Status(code: stored.status), body: stored.body)
        for (name, value) in stored.headers {
            if let name = HTTPField.Name(name) { reply.headers[name] = value }
        }
        if isReplayed { reply.headers[.idempotencyReplayed] = "true" }
        return reply.response()
    }
}
