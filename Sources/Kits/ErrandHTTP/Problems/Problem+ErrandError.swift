public import ErrandCore
import HTTPTypes

extension Problem {
    /// How HTTP says what an operation failed with: the error's own words, and the status and headers from here.
    public init(_ error: ErrandError) {
        self.init(
            error.status, code: error.code, title: error.title, detail: error.detail, errors: error.fields,
            headers: error.headers, type: error.type
        )
    }
}

extension ErrandError {
    fileprivate var status: HTTPResponse.Status {
        switch self {
        case .invalid: .unprocessableContent
        case .notFound: .notFound
        case .conflict(.undoExpired), .conflict(.linkExpired): .gone
        case .conflict(.idempotencyKeyReused): .unprocessableContent
        case .conflict(.batchAborted): .failedDependency
        case .conflict: .conflict
        case .versionMismatch: .preconditionFailed
        case .invalidCursor: .badRequest
        case .unauthenticated: .unauthorized
        case .insufficientScope: .forbidden
        case .rateLimited: .tooManyRequests
        case .unavailable, .cancelled: .serviceUnavailable
        case .malformedEvent: .internalServerError
        }
    }

    fileprivate var headers: [HTTPField.Name: String] {
        switch self {
        case .versionMismatch(let current): [.eTag: "\"\(current)\""]
        case .unauthenticated: [.wwwAuthenticate: "Bearer"]
        case .insufficientScope(.manageCredentials): [:]
        case .insufficientScope(let scope):
            [.wwwAuthenticate: "Bearer error=\"insufficient_scope\", scope=\"\(scope.rawValue)\""]
        case .rateLimited(let delay): [.retryAfter: String(max(1, delay.components.seconds))]
        case .unavailable: [.retryAfter: "2"]
        case .cancelled: [.retryAfter: "1"]
        default: [:]
        }
    }

    fileprivate var type: String {
        if case .rateLimited = self {
            "https://iana.org/assignments/http-problem-types#quota-exceeded"
        } else {
            "about:blank"
        }
    }
}

extension HTTPResponse.Status {
    /// RFC 4918 §11.4.
    static let failedDependency = HTTPResponse.Status(code: 424, reasonPhrase: "Failed Dependency")
}
