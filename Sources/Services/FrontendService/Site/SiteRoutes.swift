public import ErrandHTTP
import HTTPTypes
public import Hummingbird

/// The web page's files by their addresses. Anybody may have them.
public struct SiteRoutes: Sendable {
    /// Nothing from elsewhere, nothing inline, no frames; and no text becomes a script, or markup that could have one:
    /// the one policy of Trusted Types (W3C) is the page's own for the address of its worker, `js/lib/worker.js`.
    private static let contentSecurityPolicy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'",
        "manifest-src 'self'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
        "require-trusted-types-for 'script'", "trusted-types errand",
    ].joined(separator: "; ")

    /// It calls the API, and loads what the page is made of.
    private static let workerSecurityPolicy =
        "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'"

    private let site: Site

    public init(site: Site) {
        self.site = site
    }

    public func addRoutes(to router: some RouterMethods<ErrandRequestContext>) {
        get("/", router) { _ in try page("index.html") }
        get("/docs", router) { _ in try page("docs.html") }
        get("/openapi.json", router) { _ in try file("openapi.json", cacheControl: "no-cache") }
        get("/favicon.ico", router) { _ in try file("favicon.svg", cacheControl: "public, max-age=86400") }
        get("/sw.js", router) { _ in try worker() }
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

    /// At the root, since a service worker has the pages below its own address; and with rules of its own, or those for
    /// answers of the API would keep it from calling anybody.
    private func worker() throws(Problem) -> Response {
        var response = try file("sw.js", cacheControl: "no-cache")
        response.headers[.contentSecurityPolicy] = SiteRoutes.workerSecurityPolicy
        return response
    }

    private func file(_ path: String, cacheControl: String) throws(Problem) -> Response {
        guard let file = site.file(path) else { throw .notFound }
        return Response(.ok, bytes: file.bytes, type: file.type, headers: [.cacheControl: cacheControl])
    }
}
