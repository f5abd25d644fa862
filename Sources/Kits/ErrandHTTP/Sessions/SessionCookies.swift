import ErrandCore
import HTTPTypes
public import Hummingbird
import SignedTokens

/// The session as browsers carry it: out of reach of scripts, not sent by other sites.
public struct SessionCookies: Sendable {
    private let isSecure: Bool

    public init(isSecure: Bool) {
        self.isSecure = isSecure
    }

    static func accessName(_ isSecure: Bool) -> String { isSecure ? "__Host-errand_access" : "errand_access" }
    static func refreshName(_ isSecure: Bool) -> String { isSecure ? "__Secure-errand_refresh" : "errand_refresh" }

    public func set(accessToken: String, refreshToken: String, on response: inout Response) {
        append(
            "\(SessionCookies.accessName(isSecure))=\(accessToken); Path=/; SameSite=Lax", AccessTokens.lifetime,
            to: &response
        )
        append(
            "\(SessionCookies.refreshName(isSecure))=\(refreshToken); Path=/api/v1/auth; SameSite=Strict",
            Session.idleLifetime, to: &response
        )
    }

    public func clear(on response: inout Response) {
        append("\(SessionCookies.accessName(isSecure))=; Path=/; SameSite=Lax", .zero, to: &response)
        append("\(SessionCookies.refreshName(isSecure))=; Path=/api/v1/auth; SameSite=Strict", .zero, to: &response)
    }

    public func refreshToken(of request: Request) -> String? {
        request.cookies[SessionCookies.refreshName(isSecure)]?.value
    }

    private func append(_ cookie: String, _ lifetime: Duration, to response: inout Response) {
        let flags = "; HttpOnly; Max-Age=\(lifetime.components.seconds)" + (isSecure ? "; Secure" : "")
        response.headers.append(HTTPField(name: .setCookie, value: cookie + flags))
    }
}
