import HTTPTypes
import Hummingbird

/// What a request shows to prove who it is from: the header before the cookie.
struct Credential: Sendable {
    let text: String
    let isCookie: Bool

    init?(_ request: Request, isSecure: Bool) {
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
}
