import ErrandCore

/// A public key of another issuer.
public struct RemoteKey: Sendable {
    /// `kid`; nil where the set has none.
    public let id: String?
    public let key: VerificationKey

    /// The usable keys of a key set (RFC 7517 §5); others are passed over.
    static func read(_ keySet: JSONValue) -> [RemoteKey] {
        (keySet["keys"]?.array ?? []).prefix(32).compactMap { jwk in
            guard jwk["use"]?.string.map({ $0 == "sig" }) ?? true, let key = VerificationKey(jwk: jwk) else {
                return nil
            }
            return RemoteKey(id: jwk["kid"]?.string, key: key)
        }
    }
}
