public import CivilTime
public import TaskLanguage

/// A mail about an account, as it waits to be sent. It holds no secret: the tokens of links are made when it is sent.
public struct AccountMail: Hashable, Sendable {
    /// What it says.
    public enum Kind: String, CaseIterable, Sendable {
        /// Asks whoever reads the address to show that it is the user's. Goes to the address that is to be shown.
        case verifyAddress = "verify_address"
        /// Asks whoever reads the address of a channel whether reminders may go there. Says nothing that a user has
        /// written: it goes to whatever they have typed.
        case verifyChannel = "verify_channel"
        /// Leads to where a forgotten password is replaced. Goes to whatever somebody has typed.
        case resetPassword = "reset_password"
        case passwordNotice = "password_notice"
        /// Goes to the address before.
        case addressNotice = "address_notice"
        case signOutNotice = "sign_out_notice"
        /// The account is gone, and with it the address: the last mail.
        case farewell

        /// What the token in its link is for; nil for those that lead nowhere.
        var token: MailToken.Purpose? {
            switch self {
            case .verifyAddress: .address
            case .verifyChannel: .channel
            case .resetPassword: .password
            default: nil
            }
        }
    }

    public let id: MailID
    public let kind: Kind
    /// The address that it goes to.
    public let recipient: EmailAddress
    /// Whose account it is about, when that was known; looked up again when it is sent.
    public let userID: UserID?
    public let language: Language
    public let createdAt: Instant
    /// Attempts that have begun.
    public var attempts: Int
    /// When it is to be sent; the end of the lease while it is.
    public var nextAt: Instant

    package init(
        id: MailID, kind: Kind, recipient: EmailAddress, userID: UserID?, language: Language, createdAt: Instant,
        attempts: Int = 0, nextAt: Instant
    ) {
        self.id = id
        self.kind = kind
        self.recipient = recipient
        self.userID = userID
        self.language = language
        self.createdAt = createdAt
        self.attempts = attempts
        self.nextAt = nextAt
    }
}

public typealias MailID = ID<AccountMail>

/// What a link in a mail stands for. Only the hash of its secret is kept, and it is good for one use.
public struct MailToken: Hashable, Sendable {
    public enum Purpose: String, Sendable {
        /// Whoever has it reads the address.
        case address
        /// Whoever has it reads the address of a channel.
        case channel
        /// Whoever has it may set a new password.
        case password

        /// How long it is good: a password for an hour at most (OWASP Forgot Password Cheat Sheet).
        public var lifetime: Duration {
            switch self {
            case .address, .channel: .hours(24)
            case .password: .hours(1)
            }
        }

        /// How many are good for one user at a time.
        var countMax: Int {
            switch self {
            case .address, .password: Limits.mailTokensMax
            case .channel: Limits.channelLinksPerUserMax
            }
        }
    }

    public let userID: UserID
    public let purpose: Purpose
    /// Where the mail went.
    public let address: EmailAddress
    public let expiresAt: Instant
    /// The channel that it is for, of a ``Purpose/channel``; nil for all others.
    public let destinationID: DestinationID?

    package init(
        userID: UserID, purpose: Purpose, address: EmailAddress, expiresAt: Instant,
        destinationID: DestinationID? = nil
    ) {
        self.userID = userID
        self.purpose = purpose
        self.address = address
        self.expiresAt = expiresAt
        self.destinationID = destinationID
    }
}

/// A mail about an account, ready to be put into words.
public struct OutgoingMail: Hashable, Sendable {
    public let id: MailID
    public let kind: AccountMail.Kind
    public let recipient: EmailAddress
    /// The user's name; may be empty.
    public let name: String
    public let language: Language
    public let zone: Zone
    /// When what it tells of happened, or was asked for.
    public let at: Instant
    /// The secret of its link; nil for those without one.
    public let token: String?

    public init(
        id: MailID, kind: AccountMail.Kind, recipient: EmailAddress, name: String, language: Language, zone: Zone,
        at: Instant, token: String?
    ) {
        self.id = id
        self.kind = kind
        self.recipient = recipient
        self.name = name
        self.language = language
        self.zone = zone
        self.at = at
        self.token = token
    }
}
