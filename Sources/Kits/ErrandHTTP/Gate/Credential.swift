import Foundation
import HTTPTypes
public import Hummingbird

/// What a request shows to prove who it is from: the header before the cookie.
public struct Credential: Sendable {
    public let text: String
    public let isCookie: Bool

    /// - Parameter isSecure: whether people reach the server by https, which decides the name of the cookie.
    public init?(_ request: Request, isSecure: Bool) {
        if let header = request.headers[.authorization] {
            let parts = header.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
            text = String(parts[1])
            isCookie = false
        } else if let cookie = request.cookies[SessionCookies.accessName(isSecure)]?.value, !cookie.isEmpty {
            text = cookie
            isCookie = true
        } else {
            return nil
        }
    }

    /// The password of HTTP's Basic authentication (RFC 7617), in UTF-8.
    ///
    /// - Returns: nil where the request has none.
    init?(passwordOf request: Request) {
        let parts = request.headers[.authorization]?.split(separator: " ", maxSplits: 1) ?? []
        guard parts.count == 2, parts[0].lowercased() == "basic", let data = Data(base64Encoded: String(parts[1])),
            let text = String(validating: data, as: UTF8.self), let colon = text.firstIndex(of: ":")
        else { return nil }
        self.text = String(text[text.index(after: colon)...])
        isCookie = false
    }
}
