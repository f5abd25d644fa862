import ErrandCore

/// Secrets (<https://docs.dapr.io/reference/api/secrets_api/>).
extension Sidecar {
    /// The values of a secret by name: a Kubernetes secret has all its keys, other stores one of the secret's own name.
    ///
    /// - Returns: empty when the store has nothing under that name.
    /// - Throws: ``SidecarError``, whose description never holds a value.
    public func secret(_ name: String, of store: String) async throws(SidecarError) -> [String: String] {
        let reply = try await succeed(
            SidecarRequest(path: "/v1.0/secrets/\(store.urlSegment)/\(name.urlSegment)")
        )
        guard reply.status != 204, !reply.body.isEmpty else { return [:] }
        guard let values = (try? JSONValue.parse(reply.body))?.object else { throw .unreadable }
        var secret: [String: String] = [:]
        for member in values.members {
            guard let value = member.value.string else { throw .unreadable }
            secret[member.name] = value
        }
        return secret
    }
}
