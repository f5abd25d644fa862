import CivilTime
import Crypto
import ErrandClient
import ErrandCore
import Foundation

/// What a command works with: the server, who calls, and where the result goes.
struct ClientSession: Sendable {
    let server: ServerAddress
    let credentials: CredentialsFile
    let undo: UndoFile
    let agents: AgentTokenFile
    let screen: Screen
    let printsJSON: Bool
    /// `ERRAND_TOKEN`, which wins over the stored credentials.
    private let environmentToken: String?
    let client: APIClient

    init(_ options: ClientOptions) throws(ClientError) {
        let settings = ClientSettings(environment: ProcessInfo.processInfo.environment)
        credentials = CredentialsFile(folder: settings.configuration)
        undo = UndoFile(folder: settings.configuration)
        agents = AgentTokenFile(folder: settings.configuration)
        printsJSON = options.json
        screen = Terminal.screen(allowsColour: settings.allowsColour)
        environmentToken = settings.token
        server = try ClientSession.server(options, settings, credentials)
        client = APIClient(
            server: server, identity: settings.token.map { .token($0) } ?? .stored(credentials),
            transport: HTTPTransport(), now: ClientSession.now
        )
    }

    /// Flag, environment, the server signed in at, the default: the first that says something.
    private static func server(
        _ options: ClientOptions, _ settings: ClientSettings, _ credentials: CredentialsFile
    ) throws(ClientError) -> ServerAddress {
        if let server = options.server { return server }
        if let text = settings.server {
            guard let server = ServerAddress(text) else {
                throw .unexpected("ERRAND_SERVER must look like https://errand.example.com.")
            }
            return server
        }
        // A file that cannot be understood is reported when its content is needed.
        return (try? credentials.read())?.current ?? .standard
    }

    /// The same server with other credentials.
    func client(as identity: APIClient.Identity) -> APIClient {
        APIClient(server: server, identity: identity, transport: HTTPTransport(), now: ClientSession.now)
    }

    func read(_ path: [String], query: [(name: String, value: String)] = []) async throws(ClientError) -> Reply {
        try await client.send(.read(path, query: query))
    }

    /// A file from the server.
    func download(_ path: [String]) async throws(ClientError) -> Data {
        try await client.download(.read(path))
    }

    var feed: LiveFeed { LiveFeed(client: client) }

    /// Makes a change, and remembers what takes it back.
    func write(
        _ method: Call.Method, _ path: [String], body: JSONValue? = nil, version: Int64? = nil
    ) async throws(ClientError) -> Reply {
        var call = Call.write(method, path, body: body, key: ClientSession.uniqueID().description)
        call.version = version
        let reply = try await client.send(call)
        if let token = reply.undoToken { await remember(token) }
        return reply
    }

    /// Says something in the chat; the answer is handed on as it comes.
    func say(_ body: JSONValue, hear: (ChatNews) -> Void) async throws(ClientError) -> JSONValue {
        let answer = try await client.say(body, key: ClientSession.uniqueID().description, hear: hear)
        if let token = answer["undo"]?.string { await remember(token) }
        return answer
    }

    /// Remembers what takes a change back.
    func remember(_ token: String) async {
        do throws(ClientError) {
            let instant = ClientSession.now()
            try await undo.change(of: try undoOwner()) { $0.record(token, at: instant) }
        } catch {
            // The change is made; only the undo without a token is lost.
            ClientSession.remark(error)
        }
    }

    /// Takes back the last change, or does again what was taken back last.
    ///
    /// - Parameter token: of another change.
    func step(_ direction: UndoHistory.Direction, token: String? = nil) async throws(ClientError) -> Reply {
        try await client.step(
            direction, of: try undoOwner(), in: undo, token: token, key: ClientSession.uniqueID().description,
            remark: ClientSession.remark
        )
    }

    var hasEnvironmentToken: Bool { environmentToken != nil }

    /// Who acts here, as far as this machine knows.
    func undoOwner() throws(ClientError) -> UndoOwner {
        if let environmentToken { return undoOwner(.token(environmentToken)) }
        guard let session = try credentials.read().sessions[server] else {
            throw .notSignedIn("You are not signed in at \(server).")
        }
        return undoOwner(session)
    }

    /// A token names nobody, so it stands for itself, by a part of its hash.
    func undoOwner(_ session: StoredSession) -> UndoOwner {
        let account =
            switch session {
            case .signedIn(let session): session.email.lowercased()
            case .token(let token):
                "token "
                    + SHA256.hash(data: Array(token.utf8)).prefix(8).map { byte in
                        (byte < 16 ? "0" : "") + String(byte, radix: 16)
                    }.joined()
            }
        return UndoOwner(server: server, account: account)
    }

    private static func remark(_ error: ClientError) { Terminal.remark("errand: \(error.sentence)") }

    /// Prints the server's answer as JSON when that was asked for, else what `lines` makes of it.
    func show(_ json: JSONValue, lines: () -> [String]) {
        if !printsJSON {
            Terminal.write(lines())
        } else if json != .null {
            Terminal.write(json)
        }
    }

    var dueText: DueText { DueText(now: ClientSession.now(), zone: ClientSession.zone) }

    /// The zone of this machine.
    static var zone: Zone { Zone(identifier: TimeZone.current.identifier) ?? .utc }

    static func uniqueID() -> UniqueID {
        var generator = SystemRandomNumberGenerator()
        return UniqueID.version7(at: now(), using: &generator)
    }

    @Sendable static func now() -> Instant {
        Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }
}
