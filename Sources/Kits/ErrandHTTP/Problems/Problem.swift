public import ErrandCore
public import HTTPTypes

/// An answer that says what went wrong (RFC 9457).
public struct Problem: Error, Hashable, Sendable {
    public let status: HTTPResponse.Status
    /// Stable, for programs.
    public let code: String
    /// The same for every problem of this code.
    public let title: String
    /// What is wrong this time, in a sentence; never an internal.
    public let detail: String
    public let errors: [FieldProblem]
    public let headers: [HTTPField.Name: String]
    /// A registered problem type, where there is one.
    public let type: String

    public init(
        _ status: HTTPResponse.Status, code: String, title: String, detail: String, errors: [FieldProblem] = [],
        headers: [HTTPField.Name: String] = [:], type: String = "about:blank"
    ) {
        self.status = status
        self.code = code
        self.title = title
        self.detail = detail
        self.errors = errors
        self.headers = headers
        self.type = type
    }

    public func json(requestID: String?) -> JSONValue {
        var object: JSONObject = [
            "type": .string(type),
            "title": .string(title),
            "status": JSONValue(status.code),
            "detail": .string(detail),
            "code": .string(code),
        ]
        if let requestID { object.append("request_id", .string(requestID)) }
        if !errors.isEmpty { object.append("errors", .array(errors.map(\.json))) }
        return .object(object)
    }
}
