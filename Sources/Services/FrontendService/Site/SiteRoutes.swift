public import ErrandHTTP
import HTTPTypes
public import Hummingbird
import NIOCore

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
        get("/", router) { request, _ in try page("index.html", request) }
        get("/docs", router) { request, _ in try page("docs.html", request) }
        get("/openapi.json", router) { request, _ in try file("openapi.json", request, cacheControl: "no-cache") }
        get("/favicon.ico", router) { request, _ in
            try file("favicon.svg", request, cacheControl: "public, max-age=86400")
        }
        get("/sw.js", router) { request, _ in try worker(request) }
        get("/assets/{hash}/**", router) { request, context in try asset(request, context) }
    }

    private func get(
        _ path: RouterPath, _ router: some RouterMethods<ErrandRequestContext>,
        _ answer: @escaping @Sendable (Request, ErrandRequestContext) throws -> Response
    ) {
        router.get(path) { request, context in try answer(request, context) }
        router.refuseMethods(at: path, but: [.get])
    }

    /// Good for ever, since another tree of files has another hash.
    private func asset(_ request: Request, _ context: ErrandRequestContext) throws(Problem) -> Response {
        let path = context.parameters.getCatchAll().joined(separator: "/")
        let isCurrent = context.parameters.get("hash") == site.hash && site.hash != "live"
        return try file(path, request, cacheControl: isCurrent ? "public, max-age=31536000, immutable" : "no-cache")
    }

    private func page(_ path: String, _ request: Request) throws(Problem) -> Response {
        var response = try file(path, request, cacheControl: "no-cache")
        response.headers[.contentSecurityPolicy] = SiteRoutes.contentSecurityPolicy
        return response
    }

    /// At the root, since a service worker has the pages below its own address; and with rules of its own, or those for
    /// answers of the API would keep it from calling anybody.
    private func worker(_ request: Request) throws(Problem) -> Response {
        var response = try file("sw.js", request, cacheControl: "no-cache")
        response.headers[.contentSecurityPolicy] = SiteRoutes.workerSecurityPolicy
        return response
    }

    /// Packed where the client accepts that, and 304 where it has it already.
    private func file(_ path: String, _ request: Request, cacheControl: String) throws(Problem) -> Response {
        guard let file = site.file(path) else { throw .notFound }
        let chosen = file.representation(for: request.headers[.acceptEncoding])
        var headers: HTTPFields = [.cacheControl: cacheControl, .eTag: chosen.tag]
        if file.packed != nil { headers[.vary] = "Accept-Encoding" }
        if chosen.isNamed(by: request.headers[.ifNoneMatch]) {
            var response = Response(status: .notModified, headers: headers)
            // It would be that of the file, not of nothing (RFC 9110 §8.6).
            response.headers[.contentLength] = nil
            return response
        }
        headers[.contentType] = file.type
        headers[.contentEncoding] = chosen.encoding
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: chosen.body))
    }
}
