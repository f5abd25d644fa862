/// Who asks, and what they may do. Every operation takes one; every query is scoped by its `userID`.
public struct Principal: Hashable, Sendable {
    public let userID: UserID
    public let actor: Actor
    public let scopes: Set<Scope>

    public init(userID: UserID, actor: Actor, scopes: Set<Scope>) {
        self.userID = userID
        self.actor = actor
        self.scopes = scopes
    }

    /// What acted in the user's name.
    public enum Actor: Hashable, Sendable {
        /// The person, signed in here.
        case session(SessionID)
        /// A program with a personal access token.
        case personalToken(TokenID)
        /// The person, signed in at another issuer that this installation trusts.
        case externalSession(issuer: String)
        /// A consumer of events, because of something the person did.
        case service(ProcessRole)
        /// Time itself: a reminder came due.
        case clock

        /// As events and the audit log say it: a person, a program with a token, or a rule of the service.
        public var json: JSONValue {
            switch self {
            case .session: ["kind": "user"]
            case .externalSession(let issuer): ["kind": "user", "issuer": .string(issuer)]
            case .personalToken(let id): ["kind": "token", "id": .string(id.description)]
            case .service(let role): ["kind": "rule", "name": .string(role.rawValue)]
            case .clock: ["kind": "rule", "name": "reminder-clock"]
            }
        }
    }
}
