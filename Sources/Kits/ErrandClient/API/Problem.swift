public import ErrandCore

/// An error as the server tells it (RFC 9457, `application/problem+json`).
public struct Problem: Equatable, Sendable {
    /// One broken rule of one field.
    public struct Field: Equatable, Sendable {
        /// The field as a person writes it: `title`, `tags[3]`, `due.date`, or a parameter's name.
        public let name: String
        public let detail: String
    }

    public let status: Int
    /// Stable, for programs: `validation_failed`, `not_found`.
    public let code: String
    public let title: String
    public let detail: String
    public let fields: [Field]
    public let requestID: String?
    /// Seconds after which it may work.
    public let retryAfter: Int?

    init(_ reply: TransportReply) {
        var json = (try? JSONValue.parse(reply.body)) ?? .null
        if (300..<400).contains(reply.status), let place = reply.header("location") {
            json = ["title": .string("The server points to \(place): sign in there.")]
        }
        self.init(
            json, status: reply.status, requestID: reply.header("x-request-id"),
            retryAfter: reply.header("retry-after").flatMap { Int($0) }
        )
    }

    /// - Parameter json: The problem document; what it leaves out is filled in from `status`.
    public init(_ json: JSONValue, status: Int, requestID: String? = nil, retryAfter: Int? = nil) {
        self.status = status
        code = json["code"]?.string ?? ""
        title = json["title"]?.string ?? "The server answered with status \(status)."
        detail = json["detail"]?.string ?? ""
        fields = (json["errors"]?.array ?? []).map { error in
            let place = error["pointer"]?.string.map(Problem.name(ofPointer:))
            let line = error["line"]?.integer.map { line in
                "line \(line)" + (error["column"]?.integer.map { ", column \($0)" } ?? "")
            }
            return Field(
                name: place ?? error["parameter"]?.string ?? error["header"]?.string ?? line ?? "",
                detail: error["detail"]?.string ?? error["code"]?.string ?? "is not accepted"
            )
        }
        self.requestID = json["request_id"]?.string ?? requestID
        self.retryAfter = retryAfter
    }

    /// The problem for a person: a sentence, then a line for each broken field.
    public var sentence: String {
        var text = PlainText.sentence(detail.isEmpty ? title : detail)
        if let retryAfter { text += " Try again in \(retryAfter) s." }
        if status >= 500, let requestID { text += " (Request \(PlainText.line(requestID)))" }
        for field in fields {
            let name = PlainText.line(field.name)
            text += "\n  " + (name.isEmpty ? "" : name + ": ") + PlainText.line(field.detail)
        }
        return text
    }

    /// `/tags/3` as `tags[3]`, `/due/date` as `due.date` (RFC 6901).
    private static func name(ofPointer pointer: String) -> String {
        var name = ""
        for part in pointer.split(separator: "/") {
            let plain = part.replacing("~1", with: "/").replacing("~0", with: "~")
            if Int(plain) != nil {
                name += "[\(plain)]"
            } else {
                name += name.isEmpty ? plain : ".\(plain)"
            }
        }
        return name
    }
}
