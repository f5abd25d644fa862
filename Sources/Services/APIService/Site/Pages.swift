import ErrandHTTP
import HTTPTypes
import Hummingbird

/// `GET /`
func showPage(_ call: APICall) async throws -> Response { try call.page("index.html") }

/// `GET /docs`
func showDocs(_ call: APICall) async throws -> Response { try call.page("docs.html") }

/// `GET /openapi.json`
func showOpenAPI(_ call: APICall) async throws -> Response {
    try call.file("openapi.json", cacheControl: "no-cache")
}

/// `GET /favicon.ico`
func showIcon(_ call: APICall) async throws -> Response {
    try call.file("favicon.svg", cacheControl: "public, max-age=86400")
}

/// `GET /assets/{hash}/**`: good for ever, since another tree of files has another hash.
func showAsset(_ call: APICall) async throws -> Response {
    let path = call.context.parameters.getCatchAll().joined(separator: "/")
    let isCurrent = try call.parameter("hash") == call.services.site.hash
    return try call.file(
        path,
        cacheControl: isCurrent && call.services.site.hash != "live"
            ? "public, max-age=31536000, immutable" : "no-cache")
}

extension APICall {
    /// Nothing from elsewhere, nothing inline, no frames.
    private static let contentSecurityPolicy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'",
        "manifest-src 'self'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
    ].joined(separator: "; ")

    fileprivate func page(_ path: String) throws(Problem) -> Response {
        var response = try file(path, cacheControl: "no-cache")
        response.headers[.contentSecurityPolicy] = APICall.contentSecurityPolicy
        return response
    }

    fileprivate func file(_ path: String, cacheControl: String) throws(Problem) -> Response {
        guard let file = services.site.file(path) else { throw .notFound }
        return Response(.ok, bytes: file.bytes, type: file.type, headers: [.cacheControl: cacheControl])
    }
}
