/// What a door asks of whoever comes in.
public struct EntryRule: Hashable, Sendable {
    /// What becomes of a credential.
    public enum Proof: Hashable, Sendable {
        /// It is not looked at.
        case ignored
        /// Without one somebody comes in as nobody; one that is no good is refused.
        case optional
        case required
    }

    /// Where a request has to come from that a browser would send for any site: with a cookie, or to get one.
    public enum Origin: Hashable, Sendable {
        case unchecked
        /// Not from another site, if it says from where.
        case notForeign
        /// From our own site, and it says so.
        case own
        /// From our own site, if it changes anything (RFC 9110 §9.2.1).
        case ownToChange
    }

    /// Whose requests are counted.
    public enum Count: Hashable, Sendable {
        case nobody
        /// All that come from a network address, as guesses.
        case address
        /// Those of a user; a credential that is no good counts as a guess of the address.
        case user
    }

    public let proof: Proof
    public let origin: Origin
    public let count: Count
    /// Whether programs come in: by tokens that a person has let them have by OAuth, which are for no other door, or by
    /// personal tokens. The session of a person is for other doors.
    public let admitsAgents: Bool

    /// Whether a credential comes as the password of HTTP's Basic authentication (RFC 7617), whatever the name beside
    /// it, and never as a cookie: for programs that know nothing else.
    public let takesPasswords: Bool

    public init(
        proof: Proof, origin: Origin, count: Count, admitsAgents: Bool = false, takesPasswords: Bool = false
    ) {
        self.proof = proof
        self.origin = origin
        self.count = count
        self.admitsAgents = admitsAgents
        self.takesPasswords = takesPasswords
    }

    /// Anybody.
    public static let open = EntryRule(proof: .ignored, origin: .unchecked, count: .nobody)
    /// Anybody who is about to prove who they are: sign-up, sign-in, refresh, sign-out.
    public static let guesses = EntryRule(proof: .ignored, origin: .notForeign, count: .address)
    /// Whoever shows a valid credential.
    public static let known = EntryRule(proof: .required, origin: .ownToChange, count: .user)
    /// Whoever shows a valid credential, to read for as long as they like.
    public static let listening = EntryRule(proof: .required, origin: .notForeign, count: .nobody)
    /// A WebSocket, which may also say later who it is. Browsers open one for any site, cookies included.
    public static let socket = EntryRule(proof: .optional, origin: .own, count: .nobody)
}
