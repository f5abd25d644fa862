public import ErrandHTTP
import HTTPTypes
public import Hummingbird

/// The web page's files by their addresses. Anybody may have them.
public struct SiteRoutes: Sendable {
    /// Nothing from elsewhere, nothing inline, no frames.
    private static let contentSecurityPolicy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'",
        "manifest-src 'self'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
    ].joined(separator: "; ")

    private let site: Site

    public init(site: Site) {
        self.site = site
    }

    public func addRoutes(to router: some RouterMethods<ErrandRequestContext>) {
        get("/", router) { _ in try page("index.html") }
        get("/docs", router) { _ in try page("docs.html") }
        get("/openapi.json", router) { _ in try file("openapi.json", cacheControl: "no-cache") }
        get("/favicon.ico", router) { _ in try file("favicon.svg", cacheControl: "public, max-age=86400") }
        get("/assets/{hash}/**", router) { try asset($0) }
    }

    private func get(
        _ path: RouterPath, _ router: some RouterMethods<ErrandRequestContext>,
        _ answer: @escaping @Sendable (ErrandRequestContext) throws -> Response
    ) {
        router.get(path) { _, context in try answer(context) }
        router.refuseMethods(at: path, but: [.get])
    }

    /// Good for ever, since another tree of files has another hash.
    private func asset(_ context: ErrandRequestContext) throws(Problem) -> Response {
        let path = context.parameters.getCatchAll().joined(separator: "/")
        let isCurrent = context.parameters.get("hash") == site.hash && site.hash != "live"
        return try file(path, cacheControl: isCurrent ? "public, max-age=31536000, immutable" : "no-cache")
    }

    private func page(_ path: String) throws(Problem) -> Response {
        var response = try file(path, cacheControl: "no-cache")
        response.headers[.contentSecurityPolicy] = SiteRoutes.contentSecurityPolicy
        return response
    }

    private func file(_ path: String, cacheControl: String) throws(Problem) -> Response {
        guard let file = site.file(path) else { throw .notFound }
        return Response(.ok, bytes: file.bytes, type: file.type, headers: [.cacheControl: cacheControl])
    }
}
