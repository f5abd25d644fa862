public import ErrandCore

extension VapidKeys {
    private static let id = "push-1"

    /// The pair of this installation: made by the first process that asks, and the same for all from then on.
    ///
    /// - Throws: ``ErrandError/unavailable`` when what is kept is no key, and what the store throws.
    public static func kept(in environment: Environment) async throws(ErrandError) -> VapidKeys {
        let spare = SigningKey(
            id: id, purpose: .push, secret: VapidKeys().secret, createdAt: environment.now()
        )
        let secret = try await environment.store.write { (transaction) throws(ErrandError) in
            if let known = try transaction.signingKeys.all().first(where: { $0.purpose == .push }) {
                return known.secret
            }
            try transaction.signingKeys.insert(spare)
            return spare.secret
        }
        guard let keys = VapidKeys(secret: secret) else { throw .unavailable }
        return keys
    }
}
