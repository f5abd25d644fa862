import ErrandHTTP
import Hummingbird
import SignedTokens

/// `GET /.well-known/jwks.json`: the public keys of our access tokens (RFC 7517).
func showKeySet(_ call: APICall) async throws -> Response {
    Response(json: call.services.keyRing.keySet, headers: [.cacheControl: "public, max-age=600"])
}
