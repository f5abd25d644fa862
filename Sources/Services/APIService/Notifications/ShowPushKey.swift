import ErrandCore
import ErrandHTTP
import Hummingbird

/// Whether browsers can subscribe to messages of this installation.
public enum PushOffer: Hashable, Sendable {
    /// What they subscribe with: 65 bytes in Base64url (RFC 8292 §3.2).
    case key(String)
    /// A sentence about what the operator has to do first.
    case off(reason: String)
}

/// `GET /api/v1/notifications/push-key`: the key that a browser subscribes with. It is public, as its name says.
func showPushKey(_ call: APICall) async throws -> Response {
    let json: JSONValue =
        switch call.services.push {
        case .key(let key): ["public_key": .string(key), "reason": .null]
        case .off(let reason): ["public_key": .null, "reason": .string(reason)]
        }
    return Response(json: json, headers: [.cacheControl: "no-cache"])
}
