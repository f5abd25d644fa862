public import CivilTime

/// Who asks, and what they may do. Every operation takes one; every query is scoped by its `userID`.
public struct Principal: Hashable, Sendable {
    public let userID: UserID
    public let actor: Actor
    public let scopes: Set<Scope>
    /// Which door the act came through; nil for rules of the service, which come through none.
    public let via: Door?
    /// When a person of another issuer signed in there, as their token says; nil for everybody else, whose session says
    /// it.
    public let signedInAt: Instant?

    public init(userID: UserID, actor: Actor, scopes: Set<Scope>, via: Door? = nil, signedInAt: Instant? = nil) {
        self.userID = userID
        self.actor = actor
        self.scopes = scopes
        self.via = via
        self.signedInAt = signedInAt
    }

    /// The same, coming through that door.
    public func coming(through door: Door) -> Principal {
        Principal(userID: userID, actor: actor, scopes: scopes, via: door, signedInAt: signedInAt)
    }

    /// Who acts, as events and the audit log say it.
    public var actorJSON: JSONValue { actor.json(via: via) }

    /// What acted in the user's name.
    public enum Actor: Hashable, Sendable {
        /// The person, signed in here.
        case session(SessionID)
        /// Whoever reads the mails to the person's address, by a link in one.
        case mailedLink
        /// A program with a personal access token.
        case personalToken(TokenID)
        /// The person, signed in at another issuer that this installation trusts.
        case externalSession(issuer: String)
        /// A program that decides by itself what to do for the person: a model in chat, a client of MCP.
        case agent(name: String)
        /// A consumer of events, because of something the person did.
        case service(ProcessRole)
        /// Time itself: a reminder came due.
        case clock

        /// As events and the audit log say it: a person, a program with a token, an agent, or a rule of the service;
        /// and which door they came through.
        public func json(via door: Door?) -> JSONValue {
            var json: JSONObject =
                switch self {
                case .session, .mailedLink: ["kind": "user"]
                case .externalSession(let issuer): ["kind": "user", "issuer": .string(issuer)]
                case .personalToken(let id): ["kind": "token", "id": .string(id.description)]
                case .agent(let name): ["kind": "agent", "name": .string(name)]
                case .service(let role): ["kind": "rule", "name": .string(role.rawValue)]
                case .clock: ["kind": "rule", "name": "reminder-clock"]
                }
            if let door { json.append("via", .string(door.name)) }
            return .object(json)
        }
    }
}
