import ErrandCore

/// The secrets of one store.
public struct SecretStore: Sendable {
    /// Each secret is a map: a Kubernetes secret has several keys.
    public var secrets: [String: [String: String]]
    /// Secrets that the app may not read.
    public var denied: Set<String>

    public init(_ secrets: [String: [String: String]], denied: Set<String> = []) {
        self.secrets = secrets
        self.denied = denied
    }
}

/// `/v1.0/secrets/{store}/{key}` ([reference](https://docs.dapr.io/reference/api/secrets_api/)).
struct SecretsAPI: Sendable {
    let stores: [String: SecretStore]

    func answer(_ path: some Collection<String>) throws(APIError) -> APIAnswer {
        guard !stores.isEmpty else {
            throw APIError(500, "ERR_SECRET_STORES_NOT_CONFIGURED", "no secret store is configured")
        }
        guard let name = path.first, let store = stores[name] else {
            // 401, not 404.
            throw APIError(401, "ERR_SECRET_STORE_NOT_FOUND", "no secret store \(path.first ?? "")")
        }
        let key = path.dropFirst().joined(separator: "/")
        if key == "bulk" {
            return .json(SecretsAPI.object(store.secrets.filter { !store.denied.contains($0.key) }, SecretsAPI.map))
        }
        guard !store.denied.contains(key) else {
            throw APIError(403, "ERR_PERMISSION_DENIED", "access denied by policy to get \(key) from \(name)")
        }
        guard let secret = store.secrets[key] else {
            throw APIError(500, "ERR_SECRET_GET", "no secret \(key) in \(name)")
        }
        return secret.isEmpty ? .noContent : .json(SecretsAPI.map(secret))
    }

    private static func map(_ secret: [String: String]) -> JSONValue { object(secret) { .string($0) } }

    private static func object<Value>(_ members: [String: Value], _ body: (Value) -> JSONValue) -> JSONValue {
        var object = JSONObject()
        for (name, value) in members.sorted(by: { $0.key < $1.key }) { object.append(name, body(value)) }
        return .object(object)
    }
}
