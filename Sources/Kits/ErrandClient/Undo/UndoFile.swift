import ErrandCore

/// Whose history it is: a person at a server.
public struct UndoOwner: Hashable, Sendable {
    public let server: ServerAddress
    /// Tells the accounts at one server apart; no secret.
    public let account: String

    public init(server: ServerAddress, account: String) {
        self.server = server
        self.account = account
    }
}

/// The file with an ``UndoHistory`` for everybody who acts from this machine: readable by its owner alone, replaced
/// whole, changed under a lock.
public struct UndoFile: Sendable {
    /// The only layout so far; a file with another one holds nothing for us.
    private static let version: Int64 = 1
    /// Whoever has not done anything for the longest falls off.
    private static let ownersMax = 20

    private typealias Entry = (owner: UndoOwner, history: UndoHistory)

    private let folder: PrivateFolder
    private let name = "undo.json"

    public init(folder: PrivateFolder) {
        self.folder = folder
    }

    /// - Returns: An empty history for whom there is none.
    public func history(of owner: UndoOwner) throws(ClientError) -> UndoHistory {
        try read().first { $0.owner == owner }?.history ?? UndoHistory()
    }

    /// Changes the history of one person while no other command changes the file.
    public func change(
        of owner: UndoOwner, _ change: @Sendable (inout UndoHistory) -> Void
    ) async throws(ClientError) {
        try await folder.withLock("undo.lock") { () async throws(ClientError) in
            var entries = try read()
            let before = entries.first { $0.owner == owner }?.history ?? UndoHistory()
            var history = before
            change(&history)
            if history == before { return }
            entries.removeAll { $0.owner == owner }
            if history != UndoHistory() { entries.append((owner, history)) }
            try write(entries.suffix(UndoFile.ownersMax))
        }
    }

    /// Runs `body` while no other command takes a step back or forward, so that two of them take two steps. Writes
    /// need not wait for it. Not reentrant.
    public func inTurn<Value>(_ body: () async throws(ClientError) -> Value) async throws(ClientError) -> Value {
        try await folder.withLock("undo.turn.lock", body)
    }

    private func read() throws(ClientError) -> [Entry] {
        guard let bytes = try folder.read(name), let json = try? JSONValue.parse(bytes),
            json["version"]?.integer == UndoFile.version
        else { return [] }
        return (json["histories"]?.array ?? []).compactMap { entry in
            guard let server = entry["server"]?.string.flatMap(ServerAddress.init),
                let account = entry["account"]?.string
            else { return nil }
            return (UndoOwner(server: server, account: account), UndoHistory(entry))
        }
    }

    private func write(_ entries: some Sequence<Entry>) throws(ClientError) {
        let histories = entries.map { owner, history -> JSONValue in
            var entry: JSONObject = [
                "server": .string(owner.server.description), "account": .string(owner.account),
            ]
            for member in history.json.object?.members ?? [] { entry.append(member.name, member.value) }
            return .object(entry)
        }
        let json: JSONValue = ["version": .integer(UndoFile.version), "histories": .array(histories)]
        try folder.write(json.serialized() + [UInt8(ascii: "\n")], to: name)
    }
}
