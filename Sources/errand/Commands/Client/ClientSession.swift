import CivilTime
import ErrandClient
import ErrandCore
import Foundation

/// What a command works with: the server, who calls, and where the result goes.
struct ClientSession: Sendable {
    let server: ServerAddress
    let credentials: CredentialsFile
    let undo: UndoFile
    let screen: Screen
    let printsJSON: Bool
    let hasEnvironmentToken: Bool
    let client: APIClient

    init(_ options: ClientOptions) throws(ClientError) {
        let settings = ClientSettings(environment: ProcessInfo.processInfo.environment)
        credentials = CredentialsFile(folder: settings.configuration)
        undo = UndoFile(folder: settings.state)
        printsJSON = options.json
        screen = Terminal.screen(allowsColour: settings.allowsColour)
        hasEnvironmentToken = settings.token != nil
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
        if let token = reply.undoToken {
            do {
                try undo.store(token, at: server)
            } catch {
                // The change is made; only the undo without a token is lost.
                Terminal.remark("errand: \(error.sentence)")
            }
        }
        return reply
    }

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
