public import CivilTime
public import ErrandCore

/// What this machine needs to act for its user, one session per server.
public struct Credentials: Equatable, Sendable {
    /// The server last signed in at: the one to talk to unless another is named.
    public var current: ServerAddress?
    public var sessions: [ServerAddress: StoredSession]

    public init(current: ServerAddress? = nil, sessions: [ServerAddress: StoredSession] = [:]) {
        self.current = current
        self.sessions = sessions
    }
}

/// How to act for the user at one server.
public enum StoredSession: Equatable, Sendable {
    case signedIn(SignedInSession)
    /// A personal access token: never renewed, never rotated.
    case token(String)

    /// What goes into the `Authorization` header.
    public var bearer: String {
        switch self {
        case .signedIn(let session): session.accessToken
        case .token(let token): token
        }
    }
}

/// A session made with e-mail address and password.
public struct SignedInSession: Equatable, Sendable {
    public let email: String
    public let accessToken: String
    public let expiresAt: Instant
    /// Good for one renewal, which answers the next one.
    public let refreshToken: String

    public init(email: String, accessToken: String, expiresAt: Instant, refreshToken: String) {
        self.email = email
        self.accessToken = accessToken
        self.expiresAt = expiresAt
        self.refreshToken = refreshToken
    }
}

extension Credentials {
    /// The only layout so far; a file with another one is not touched.
    private static let version: Int64 = 1

    /// The credentials as the file holds them, servers in a fixed order.
    public var json: JSONValue {
        let entries = sessions.sorted { $0.key.description < $1.key.description }.map { server, session in
            var entry: JSONObject = ["server": .string(server.description)]
            switch session {
            case .token(let token): entry.append("token", .string(token))
            case .signedIn(let session):
                entry.append("email", .string(session.email))
                entry.append("access_token", .string(session.accessToken))
                entry.append("expires_at", .string(session.expiresAt.description))
                entry.append("refresh_token", .string(session.refreshToken))
            }
            return JSONValue.object(entry)
        }
        return [
            "version": .integer(Credentials.version), "current": JSONValue(text: current?.description),
            "sessions": .array(entries),
        ]
    }

    /// - Returns: nil when the layout is not ours. Sessions that make no sense are left out.
    public init?(_ json: JSONValue) {
        guard json["version"]?.integer == Credentials.version, let entries = json["sessions"]?.array else { return nil }
        var sessions: [ServerAddress: StoredSession] = [:]
        for entry in entries {
            guard let server = entry["server"]?.string.flatMap(ServerAddress.init) else { continue }
            sessions[server] = StoredSession(entry)
        }
        self.init(current: json["current"]?.string.flatMap(ServerAddress.init), sessions: sessions)
    }
}

extension StoredSession {
    fileprivate init?(_ entry: JSONValue) {
        if let token = entry["token"]?.string {
            self = .token(token)
        } else if let access = entry["access_token"]?.string, let refresh = entry["refresh_token"]?.string {
            self = .signedIn(
                SignedInSession(
                    email: entry["email"]?.string ?? "", accessToken: access,
                    expiresAt: entry["expires_at"]?.string.flatMap { Instant($0) } ?? .earliest, refreshToken: refresh
                )
            )
        } else {
            return nil
        }
    }
}
