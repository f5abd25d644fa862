public import ErrandCore
public import Foundation

/// One call of the REST interface.
public struct Call: Sendable {
    public enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    public let method: Method
    /// The segments after ``root``, as plain text.
    public let path: [String]
    private var root = ["api", "v1"]
    /// Names in lower case.
    private var moreHeaders: [String: String] = [:]
    public var query: [(name: String, value: String)]
    public var body: JSONValue?
    /// A file, sent as it is in the place of ``body``.
    private var file: Data?
    /// Only go ahead while the task has this version.
    public var version: Int64?
    /// The media type of the answer.
    private var accept = "application/json"
    /// Sent as `Idempotency-Key`, the same on every attempt, so that a repeated write takes effect once.
    public let idempotencyKey: String?
    /// False for the calls that sign in.
    public let isAuthenticated: Bool

    private init(
        _ method: Method, _ path: [String], query: [(name: String, value: String)], body: JSONValue?,
        idempotencyKey: String?, isAuthenticated: Bool
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.body = body
        self.idempotencyKey = idempotencyKey
        self.isAuthenticated = isAuthenticated
    }

    public static func read(_ path: [String], query: [(name: String, value: String)] = []) -> Call {
        Call(.get, path, query: query, body: nil, idempotencyKey: nil, isAuthenticated: true)
    }

    /// A read whose answer is a stream of server-sent events.
    public static func stream(_ path: [String], query: [(name: String, value: String)]) -> Call {
        var call = Call.read(path, query: query)
        call.accept = "text/event-stream"
        return call
    }

    /// A change of tasks or tags.
    ///
    /// - Parameter key: Unique to this change, 1 to 255 printable ASCII characters.
    public static func write(_ method: Method, _ path: [String], body: JSONValue? = nil, key: String) -> Call {
        Call(method, path, query: [], body: body, idempotencyKey: key, isAuthenticated: true)
    }

    /// Gives the server a file to take in, which it does once however often it is sent; the answer is a stream of
    /// server-sent events.
    public static func upload(_ path: [String], query: [(name: String, value: String)], _ file: Data) -> Call {
        var call = Call(.post, path, query: query, body: nil, idempotencyKey: nil, isAuthenticated: true)
        call.file = file
        call.accept = "text/event-stream"
        return call
    }

    /// A change whose answer is a stream of server-sent events.
    static func streamedWrite(_ method: Method, _ path: [String], body: JSONValue, key: String) -> Call {
        var call = Call.write(method, path, body: body, key: key)
        call.accept = "text/event-stream"
        return call
    }

    /// A call under `auth`, which carries its own credentials.
    public static func account(_ action: String, body: JSONValue) -> Call {
        Call(.post, ["auth", action], query: [], body: body, idempotencyKey: nil, isAuthenticated: false)
    }

    /// A message of the Model Context Protocol.
    ///
    /// - Parameter headers: what goes beside it, names in lower case.
    public static func agentMessage(_ message: JSONValue, headers: [String: String]) -> Call {
        var call = Call(.post, [], query: [], body: message, idempotencyKey: nil, isAuthenticated: true)
        call.root = ["mcp"]
        call.accept = "application/json, text/event-stream"
        call.moreHeaders = headers
        return call
    }

    /// Whether sending the call again after a lost reply changes nothing more: reads, writes with a key, and
    /// files.
    var isRepeatable: Bool { method == .get || idempotencyKey != nil || file != nil }

    func request(to server: ServerAddress, bearer: String?) throws(ClientError) -> TransportRequest {
        guard let url = server.url(path: root + path, query: query) else {
            throw .unexpected("The address of the request cannot be built.")
        }
        var headers = ["accept": accept, "user-agent": "errand", "errand-client": "cli"]
        if let bearer { headers["authorization"] = "Bearer \(bearer)" }
        if body != nil { headers["content-type"] = "application/json" }
        if file != nil { headers["content-type"] = "application/octet-stream" }
        if let idempotencyKey { headers["idempotency-key"] = "\"\(idempotencyKey)\"" }
        if let version { headers["if-match"] = "\"\(version)\"" }
        headers.merge(moreHeaders) { own, _ in own }
        let content = file ?? body.map { Data($0.serialized()) }
        return TransportRequest(method: method, url: url, headers: headers, body: content)
    }
}

/// The answer to a call that went well.
public struct Reply: Sendable {
    public let status: Int
    /// `null` where the answer has no body.
    public let json: JSONValue
    /// Takes the change back, for a few minutes; nil when nothing changed.
    public let undoToken: String?

    init(_ reply: TransportReply) throws(ClientError) {
        status = reply.status
        undoToken = reply.header("errand-undo")
        if reply.body.isEmpty {
            json = .null
            return
        }
        do {
            json = try JSONValue.parse(reply.body)
        } catch {
            throw .unexpected("The server's answer is not JSON. Is this an Errand server?")
        }
    }

    public init(status: Int, json: JSONValue, undoToken: String?) {
        self.status = status
        self.json = json
        self.undoToken = undoToken
    }
}
