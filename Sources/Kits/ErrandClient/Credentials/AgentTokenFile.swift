import ErrandCore

/// The file with the personal tokens that `errand mcp` works with for people who are signed in on this machine: one for
/// each person at a server, readable by its owner alone, replaced whole, changed under a lock.
public struct AgentTokenFile: Sendable {
    /// A token, and under which id it is listed and revoked.
    public struct Token: Hashable, Sendable {
        public let id: String
        public let secret: String

        public init(id: String, secret: String) {
            self.id = id
            self.secret = secret
        }
    }

    /// The only layout so far; a file with another one holds nothing for us.
    private static let version: Int64 = 1
    private typealias Entry = (owner: UndoOwner, token: Token)

    private let folder: PrivateFolder
    private let name = "agents.json"

    public init(folder: PrivateFolder) {
        self.folder = folder
    }

    /// The token that is there and good, or the one that `make` makes, while no other command makes one.
    ///
    /// - Parameter isGood: whether the server still takes it.
    public func token(
        of owner: UndoOwner, isGood: (Token) async throws(ClientError) -> Bool,
        make: () async throws(ClientError) -> Token
    ) async throws(ClientError) -> Token {
        try await folder.withLock("agents.lock") { () async throws(ClientError) in
            var entries = try read()
            if let known = entries.first(where: { $0.owner == owner })?.token, try await isGood(known) { return known }
            let made = try await make()
            entries.removeAll { $0.owner == owner }
            entries.append((owner, made))
            try write(entries)
            return made
        }
    }

    /// Forgets the token of one person.
    ///
    /// - Returns: What was forgotten.
    public func remove(_ owner: UndoOwner) async throws(ClientError) -> Token? {
        try await folder.withLock("agents.lock") { () async throws(ClientError) in
            var entries = try read()
            guard let known = entries.first(where: { $0.owner == owner })?.token else { return nil }
            entries.removeAll { $0.owner == owner }
            try write(entries)
            return known
        }
    }

    private func read() throws(ClientError) -> [Entry] {
        guard let bytes = try folder.read(name), let json = try? JSONValue.parse(bytes),
            json["version"]?.integer == AgentTokenFile.version
        else { return [] }
        return (json["tokens"]?.array ?? []).compactMap { entry in
            guard let server = entry["server"]?.string.flatMap(ServerAddress.init),
                let account = entry["account"]?.string, let id = entry["id"]?.string,
                let secret = entry["token"]?.string
            else { return nil }
            return (UndoOwner(server: server, account: account), Token(id: id, secret: secret))
        }
    }

    private func write(_ entries: [Entry]) throws(ClientError) {
        let tokens = entries.map { owner, token -> JSONValue in
            [
                "server": .string(owner.server.description), "account": .string(owner.account),
                "id": .string(token.id), "token": .string(token.secret),
            ]
        }
        let json: JSONValue = ["version": .integer(AgentTokenFile.version), "tokens": .array(tokens)]
        try folder.write(json.serialized() + [UInt8(ascii: "\n")], to: name)
    }
}
