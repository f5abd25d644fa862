public import CivilTime
public import ErrandCore
public import Foundation

/// Calls one server as one person: adds the credentials, renews them, repeats what the network lost.
public struct APIClient: Sendable {
    /// Who calls.
    public enum Identity: Sendable {
        case nobody
        /// A token that is what it is: there is nothing to renew.
        case token(String)
        /// Whoever is signed in on this machine.
        case stored(CredentialsFile)
    }

    public let server: ServerAddress
    let identity: Identity
    let transport: any Transport
    let now: @Sendable () -> Instant
    /// How long to wait before each further attempt at a call without a reply; so many attempts are made.
    let pauses: [Duration]

    /// - Parameter now: For the expiry of access tokens.
    public init(
        server: ServerAddress, identity: Identity, transport: any Transport, now: @escaping @Sendable () -> Instant,
        pauses: [Duration] = [.milliseconds(200), .milliseconds(800)]
    ) {
        self.server = server
        self.identity = identity
        self.transport = transport
        self.now = now
        self.pauses = pauses
    }

    /// Sends the call. Reads and writes with a key are repeated when no reply comes or the server is busy;
    /// a refused access token is renewed once.
    ///
    /// - Throws: ``ClientError``, ``ClientError/problem(_:)`` for every reply that is not a success.
    public func send(_ call: Call) async throws(ClientError) -> Reply {
        try Reply(try await answer(to: call))
    }

    /// Sends a call whose answer is a file.
    public func download(_ call: Call) async throws(ClientError) -> Data {
        try await answer(to: call).body
    }

    /// The same client over another transport.
    public func over(_ transport: any Transport) -> APIClient {
        APIClient(server: server, identity: identity, transport: transport, now: now, pauses: pauses)
    }

    /// Sends a call whose answer is a file, and hands it on piece by piece.
    public func fetch(
        _ call: Call, _ take: (Data) throws(ClientError) -> Void
    ) async throws(ClientError) {
        let (status, body) = try await exchange(call)
        let isGood = (200..<300).contains(status)
        var refusal = Data()
        do {
            for try await piece in body {
                if isGood {
                    try take(piece)
                } else if refusal.count < APIClient.refusalBytesMax {
                    refusal += piece
                }
            }
        } catch let error as ClientError {
            throw error
        } catch {
            throw .unreachable(server, "the connection ended in the middle of the file")
        }
        if !isGood { throw .problem(Problem((try? JSONValue.parse(refusal)) ?? .null, status: status)) }
    }

    /// What is read of the answer of a server that refuses.
    private static let refusalBytesMax = 65_536

    /// Sends a call whose answer is a stream; it ends when the connection does.
    public func stream(_ call: Call) async throws(ClientError) -> any AsyncSequence<Data, any Error> & Sendable {
        let (status, body) = try await exchange(call)
        guard (200..<300).contains(status) else { throw .problem(Problem(.null, status: status)) }
        return body
    }

    /// Sends a call, and hands on what comes back, whatever its status; a refused access token is renewed once.
    public func exchange(
        _ call: Call
    ) async throws(ClientError) -> (status: Int, body: any AsyncSequence<Data, any Error> & Sendable) {
        var bearer = try await bearer(refused: nil)
        for _ in 1...2 {
            let request = try call.request(to: server, bearer: bearer)
            let (status, body) = try await reached { () async throws(TransportError) in
                try await transport.stream(request)
            }
            if status != 401 { return (status, body) }
            bearer = try await self.bearer(refused: bearer)
        }
        throw .notSignedIn("The server does not accept the credentials.")
    }

    private func answer(to call: Call) async throws(ClientError) -> TransportReply {
        let bearer = call.isAuthenticated ? try await bearer(refused: nil) : nil
        var reply = try await exchange(call, bearer: bearer)
        if reply.status == 401, let bearer {
            reply = try await exchange(call, bearer: try await self.bearer(refused: bearer))
            if reply.status == 401 { throw .notSignedIn("The server does not accept the credentials.") }
        }
        guard (200..<300).contains(reply.status) else { throw .problem(Problem(reply)) }
        return reply
    }

    /// Signs in, or makes an account.
    ///
    /// - Parameter action: `sign-in` or `sign-up`.
    /// - Returns: The session to store, and the server's description of the user.
    public func open(
        _ action: String, _ form: JSONValue
    ) async throws(ClientError) -> (StoredSession, user: JSONValue) {
        let reply = try await send(.account(action, body: form))
        return (try session(from: reply.json), reply.json["user"] ?? .null)
    }

    private func exchange(_ call: Call, bearer: String?) async throws(ClientError) -> TransportReply {
        let request = try call.request(to: server, bearer: bearer)
        for pause in call.isRepeatable ? pauses : [] {
            do {
                let reply = try await attempt(request)
                if !reply.isTransient { return reply }
            } catch {
                guard case .unreachable = error else { throw error }
            }
            do {
                try await Task.sleep(for: pause)
            } catch {
                throw .cancelled
            }
        }
        return try await attempt(request)
    }

    private func attempt(_ request: TransportRequest) async throws(ClientError) -> TransportReply {
        try await reached { () async throws(TransportError) in try await transport.send(request) }
    }

    private func reached<Value: Sendable>(
        _ exchange: () async throws(TransportError) -> Value
    ) async throws(ClientError) -> Value {
        do {
            return try await exchange()
        } catch {
            switch error {
            case .unreachable(let reason): throw .unreachable(server, reason)
            case .cancelled: throw .cancelled
            }
        }
    }
}

extension APIClient {
    /// Before this much of its life is left, an access token is renewed.
    private static let margin = Duration.seconds(30)

    /// The access token to send.
    ///
    /// - Parameter refused: The token that the server has just refused.
    private func bearer(refused: String?) async throws(ClientError) -> String? {
        switch identity {
        case .nobody: return nil
        case .token(let token):
            if refused == token { throw .notSignedIn("The server does not accept this token.") }
            return token
        case .stored(let file):
            if let token = try usable(in: file, refused: refused) { return token }
            return try await file.withLock { () async throws(ClientError) in
                // Another command may have renewed it while this one waited.
                if let token = try usable(in: file, refused: refused) { return token }
                return try await renew(in: file)
            }
        }
    }

    /// The stored access token, or nil when it has to be renewed first.
    private func usable(in file: CredentialsFile, refused: String?) throws(ClientError) -> String? {
        switch try file.read().sessions[server] {
        case nil: throw .notSignedIn("You are not signed in at \(server).")
        case .token(let token)?:
            if refused == token { throw .notSignedIn("The server does not accept the stored token.") }
            return token
        case .signedIn(let session)?:
            guard session.accessToken != refused, session.expiresAt - now() > APIClient.margin else { return nil }
            return session.accessToken
        }
    }

    /// Trades the refresh token for the next pair and stores it. The caller holds the lock.
    private func renew(in file: CredentialsFile) async throws(ClientError) -> String {
        let shield = InterruptShield()
        defer { shield.lower() }
        var credentials = try file.read()
        guard case .signedIn(let old)? = credentials.sessions[server] else {
            throw .notSignedIn("You are not signed in at \(server).")
        }
        // A repeated refresh answers the same pair for some seconds, so a lost reply may be asked for again.
        let call = Call.account("refresh", body: ["refresh_token": .string(old.refreshToken)])
        let reply = try await repeated(call)
        if reply.status == 401 {
            credentials.sessions[server] = nil
            try file.write(credentials)
            throw .notSignedIn("Your session at \(server) has ended.")
        }
        guard reply.status == 200 else { throw .problem(Problem(reply)) }
        let renewed = try session(from: try Reply(reply).json)
        credentials.sessions[server] = renewed
        try file.write(credentials)
        return renewed.bearer
    }

    private func repeated(_ call: Call) async throws(ClientError) -> TransportReply {
        do {
            return try await exchange(call, bearer: nil)
        } catch {
            guard case .unreachable = error else { throw error }
            return try await exchange(call, bearer: nil)
        }
    }

    private func session(from json: JSONValue) throws(ClientError) -> StoredSession {
        guard let access = json["access_token"]?.string, let refresh = json["refresh_token"]?.string,
            let lifetime = json["expires_in"]?.integer
        else { throw .unexpected("The server's answer holds no session. Is this an Errand server?") }
        return .signedIn(
            SignedInSession(
                email: json["user"]?["email"]?.string ?? "", accessToken: access,
                expiresAt: now() + .seconds(lifetime), refreshToken: refresh
            )
        )
    }
}

extension TransportReply {
    /// Whether the same request may succeed in a moment: a proxy without its server, a server that is starting,
    /// or the first attempt of this very request still at work.
    fileprivate var isTransient: Bool {
        switch status {
        case 502, 503, 504: true
        case 409: Problem(self).code == "idempotency_in_progress"
        default: false
        }
    }
}
