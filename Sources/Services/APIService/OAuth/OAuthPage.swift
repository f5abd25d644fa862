import Crypto
import ErrandCore
import ErrandHTTP
import Foundation
import HTTPTypes
import Hummingbird

/// The pages on which a person decides about a program, or does what a link in a mail is for: without scripts, in the
/// colours of the page.
struct OAuthPage: Sendable {
    let title: String
    /// HTML.
    let body: String

    static func signIn(_ client: OAuthClient, query: String, problem: String?) -> OAuthPage {
        OAuthPage(
            title: "Sign in",
            body: """
                <h1>Sign in to Errand</h1>
                <p>to go on with <strong>\(escaped(client.name))</strong></p>
                \(problem.map { "<p class=\"problem\" role=\"alert\">\(escaped($0))</p>" } ?? "")
                <form method="post" action="/authorize">
                <input type="hidden" name="query" value="\(escaped(query))">
                <label>E-mail<input name="email" type="email" autocomplete="username" required autofocus></label>
                <label>Password<input name="password" type="password" autocomplete="current-password" required></label>
                <button class="primary">Sign in</button>
                </form>
                """
        )
    }

    static func consent(_ asked: OAuthRequest, _ user: User, note: String) -> OAuthPage {
        let scopes = OAuthDoor.scopes.filter { asked.scopes.contains($0.scope) }
            .map { "<li>\(escaped($0.words))</li>" }.joined()
        let place = URLComponents(string: asked.redirect)
        let host = place?.host ?? place?.scheme ?? asked.redirect
        return OAuthPage(
            title: "Allow access",
            body: """
                <h1>Let <em>\(escaped(asked.client.name))</em> use Errand?</h1>
                <p>It will be able to:</p>
                <ul>\(scopes)</ul>
                <p class="soft">You are \(escaped(user.email)). You will be sent to <strong>\(escaped(host))</strong>. \
                The name is what the program says of itself. It keeps its access for 90 days, or until you revoke it \
                under Programs.</p>
                <form method="post" action="/authorize">
                <input type="hidden" name="request" value="\(escaped(note))">
                <button class="primary" name="decision" value="allow">Allow</button>
                <button name="decision" value="deny">Cancel</button>
                </form>
                """
        )
    }

    static func problem(_ detail: String) -> OAuthPage {
        OAuthPage(
            title: "That did not work",
            body: "<h1>That did not work</h1><p class=\"problem\" role=\"alert\">\(escaped(detail))</p>"
        )
    }

    /// - Parameter redirect: where the form leads in the end, which browsers have to be told.
    func response(_ status: HTTPResponse.Status = .ok, returningTo redirect: String? = nil) -> Response {
        let html = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>\(title) · Errand</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark"><style>\(OAuthPage.style)</style></head>
            <body><main>\(body)</main></body></html>
            """
        let place = redirect.flatMap { URLComponents(string: $0) }
        let source: String? = place.flatMap { place in
            guard let scheme = place.scheme else { return nil }
            guard scheme.hasPrefix("http"), let host = place.host else { return "\(scheme):" }
            return "\(scheme)://\(host)\(place.port.map { ":\($0)" } ?? "")"
        }
        let forms = ["'self'", source].compactMap { $0 }.joined(separator: " ")
        let policy = [
            "default-src 'none'", "style-src 'sha256-\(OAuthPage.styleHash)'", "form-action \(forms)",
            "base-uri 'none'", "frame-ancestors 'none'",
        ].joined(separator: "; ")
        return Response(
            status, bytes: Array(html.utf8), type: "text/html; charset=utf-8",
            headers: [.contentSecurityPolicy: policy, .cacheControl: "no-store", .xFrameOptions: "DENY"]
        )
    }

    static func escaped(_ text: String) -> String {
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }

    private static let styleHash = Data(SHA256.hash(data: Array(style.utf8))).base64EncodedString()

    /// Colours and sizes of `web/css/tokens.css`.
    private static let style = """
        :root{color-scheme:light dark;--page:#f3f6f4;--surface:#fff;--ink:#17211f;--soft:#53615d;--line:#dde4e1;\
        --edge:#7a8883;--accent:#0d6b5b;--on:#fff;--danger:#b3261e}\
        @media(prefers-color-scheme:dark){:root{--page:#101615;--surface:#192120;--ink:#e5ecea;--soft:#9fada9;\
        --line:#2a3533;--edge:#71807b;--accent:#62d0b6;--on:#06251e;--danger:#ff9c92}}\
        *{box-sizing:border-box}body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1rem;\
        background:var(--page);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}\
        main{width:100%;max-width:26rem;padding:1.5rem;border:1px solid var(--line);border-radius:.875rem;\
        background:var(--surface);overflow-wrap:anywhere}h1{margin:0 0 .5rem;font-size:1.375rem;line-height:1.25}\
        ul{display:grid;gap:.25rem;margin:.75rem 0;padding-inline-start:1.25rem}em{font-style:normal;\
        color:var(--accent)}form{display:grid;gap:.75rem;margin-top:1rem}label{display:grid;gap:.25rem;\
        color:var(--soft);font-size:.8125rem}input{padding:.6rem;border:1px solid var(--edge);border-radius:.5rem;\
        background:var(--page);color:var(--ink);font:inherit}button{min-height:2.875rem;border:1px solid var(--edge);\
        border-radius:.5rem;background:none;color:var(--ink);font:inherit;font-weight:560;cursor:pointer}\
        button.primary{border-color:var(--accent);background:var(--accent);color:var(--on)}\
        :focus-visible{outline:2px solid var(--accent);outline-offset:2px}.soft{color:var(--soft);font-size:.8125rem}\
        .problem{color:var(--danger)}
        """
}

extension HTTPField.Name {
    fileprivate static let xFrameOptions: HTTPField.Name = {
        guard let name = HTTPField.Name("X-Frame-Options") else { preconditionFailure("It is a field name.") }
        return name
    }()
}
