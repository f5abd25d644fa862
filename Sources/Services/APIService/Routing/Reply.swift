import ErrandCore
import ErrandHTTP
import HTTPTypes
import Hummingbird

/// An answer that can be kept and given again.
struct Reply: Sendable {
    var status: HTTPResponse.Status
    /// By lower-case name.
    var headers: [String: String] = [:]
    /// Nil for an answer without a body.
    var body: JSONValue?

    static let noContent = Reply(status: .noContent)

    static func json(_ body: JSONValue, status: HTTPResponse.Status = .ok) -> Reply {
        Reply(status: status, body: body)
    }

    /// A task with its state as the strong ETag.
    static func task(_ status: HTTPResponse.Status = .ok, _ task: TodoTask) -> Reply {
        Reply(
            status: status, headers: [HTTPField.Name.eTag.canonicalName: EntityTag.text(task.validator)],
            body: task.json
        )
    }

    func response() -> Response {
        Reply.response(stored(fingerprint: []), isReplayed: false)
    }

    func stored(fingerprint: [UInt8]) -> StoredReply {
        StoredReply(
            status: status.code, headers: headers, body: body?.serialized() ?? [], fingerprint: fingerprint
        )
    }

    static func response(_ stored: StoredReply, isReplayed: Bool) -> Response {
        var headers = HTTPFields()
        for (name, value) in stored.headers {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        if isReplayed { headers[.idempotencyReplayed] = "true" }
        let status = HTTPResponse.Status(code: stored.status)
        if stored.body.isEmpty { return Response(status: status, headers: headers) }
        return Response(status, bytes: stored.body, type: "application/json", headers: headers)
    }
}
