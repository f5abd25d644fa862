import ErrandCore

/// The file with the ``Credentials``: readable by its owner alone, replaced whole, changed under a lock.
public struct CredentialsFile: Sendable {
    private let folder: PrivateFolder
    private let name = "credentials.json"

    public init(folder: PrivateFolder) {
        self.folder = folder
    }

    public var path: String { folder.path(of: name) }

    /// - Returns: Empty credentials when there is no file yet.
    public func read() throws(ClientError) -> Credentials {
        guard let bytes = try folder.read(name) else { return Credentials() }
        guard let json = try? JSONValue.parse(bytes), let credentials = Credentials(json) else {
            throw .file("\(path) cannot be understood. Sign in again with: errand login")
        }
        return credentials
    }

    /// Replaces the file. Callers that read first hold the lock from before the reading.
    public func write(_ credentials: Credentials) throws(ClientError) {
        try folder.write(credentials.json.serialized() + [UInt8(ascii: "\n")], to: name)
    }

    /// Adds or replaces the session at `server` and makes that server the current one. A file that cannot be
    /// understood is replaced.
    public func store(_ session: StoredSession, at server: ServerAddress) async throws(ClientError) {
        try await withLock { () async throws(ClientError) in
            var credentials = (try? read()) ?? Credentials()
            credentials.sessions[server] = session
            credentials.current = server
            try write(credentials)
        }
    }

    /// Forgets the session at `server`.
    ///
    /// - Returns: What was forgotten.
    public func remove(at server: ServerAddress) async throws(ClientError) -> StoredSession? {
        try await withLock { () async throws(ClientError) in
            var credentials = try read()
            let session = credentials.sessions.removeValue(forKey: server)
            if credentials.current == server { credentials.current = credentials.sessions.keys.first }
            if session != nil { try write(credentials) }
            return session
        }
    }

    /// Runs `body` while no other command changes the file. Not reentrant.
    public func withLock<Value>(
        _ body: () async throws(ClientError) -> Value
    ) async throws(ClientError) -> Value {
        try await folder.withLock("credentials.lock", body)
    }
}
