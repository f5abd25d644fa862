import ErrandHTTP
import HTTPTypes
import Hummingbird

/// What a browser has to be told before a page of another origin may call (Fetch Standard, "CORS protocol"). Programs
/// that are no browsers do not ask.
enum AgentCORS {
    private static let headers = [
        "Authorization", "Content-Type", "Accept", "MCP-Protocol-Version", "Mcp-Method", "Mcp-Name", "Mcp-Session-Id",
        "Last-Event-ID",
    ]

    /// The answer to a preflight.
    static func preflight(_ origin: String) -> Response {
        var response = Response(status: .noContent)
        allow(origin, on: &response)
        response.headers[.accessControlAllowMethods] = "POST"
        response.headers[.accessControlAllowHeaders] = headers.joined(separator: ", ")
        response.headers[.accessControlMaxAge] = "600"
        return response
    }

    /// - Parameter origin: one that is allowed; `*` for any, where no cookie proves anything.
    static func allow(_ origin: String, on response: inout Response) {
        response.headers[.accessControlAllowOrigin] = origin
        response.headers[.accessControlExposeHeaders] = "WWW-Authenticate, Mcp-Session-Id"
        if origin != "*" { response.headers[.vary] = "Origin" }
    }
}
