public import CivilTime

/// What stands for the audit log of an account that was deleted: how many entries it had, and the hash of its last one.
/// Whoever has kept an export of the log, or its head, can show that this was it; nobody can read in it what the log
/// said.
///
/// The stones of an installation are a chain of their own, so that none can be changed, left out or put in between.
/// The hash is SHA-256 over the canonical JSON (RFC 8785) of the stone, the hash of the one before included.
public struct AuditTombstone: Hashable, Sendable {
    /// 1, 2, 3 … of the installation.
    public let number: Int64
    public let at: Instant
    /// SHA-256 of the account's id, in hexadecimal: whoever has the id finds the stone, and nobody else learns it.
    public let account: String
    /// How many entries the log had.
    public let entries: Int64
    /// The hash of the log's last entry; ``AuditChain/origin`` when it had none.
    public let head: String
    /// The hash of the stone before; ``AuditChain/origin`` for the first.
    public let previousHash: String
    /// The stone in canonical JSON: what ``hash`` is made of.
    public let text: String
    /// 64 hexadecimal digits in lower case.
    public let hash: String

    init(
        number: Int64, at: Instant, account: String, entries: Int64, head: String, after previousHash: String,
        hash: (String) -> String
    ) {
        self.number = number
        self.at = at
        self.account = account
        self.entries = entries
        self.head = head
        self.previousHash = previousHash
        let json: JSONValue = [
            "number": .integer(number), "at": .string(at.description), "account": .string(account),
            "entries": .integer(entries), "head": .string(head), "prev_hash": .string(previousHash),
        ]
        text = json.canonicalText
        self.hash = hash(text)
    }

    /// Reads what is kept; nil for anything that is no stone. Whether the hash is right is for ``AuditStones`` to say.
    public init?(text: String, hash: String) {
        guard let json = try? JSONValue.parse(text), let object = json.object, object.members.count == 6,
            let number = json["number"]?.integer, let at = json["at"]?.string.flatMap({ Instant($0) }),
            let account = json["account"]?.string, let entries = json["entries"]?.integer,
            let head = json["head"]?.string, let previous = json["prev_hash"]?.string
        else { return nil }
        self.number = number
        self.at = at
        self.account = account
        self.entries = entries
        self.head = head
        previousHash = previous
        self.text = text
        self.hash = hash
    }
}

extension AuditChain {
    /// The stone for the log of `user`, whose last entry is `head`, after `last`, the newest stone there is.
    func close(
        _ user: UserID, head: (sequence: Int64, hash: String)?, after last: (number: Int64, hash: String)?,
        at now: Instant
    ) -> AuditTombstone {
        AuditTombstone(
            number: (last?.number ?? 0) + 1, at: now, account: account(user), entries: head?.sequence ?? 0,
            head: head?.hash ?? AuditChain.origin, after: last?.hash ?? AuditChain.origin, hash: hash(of:)
        )
    }

    /// What a stone calls the account.
    public func account(_ user: UserID) -> String { hash(of: user.description) }
}

/// Goes along the stones of an installation and finds the first that is not what it was.
public struct AuditStones: Sendable {
    private let chain: AuditChain
    public private(set) var checked: Int64 = 0
    /// The number of the first stone that is wrong or missing; nil while all is well.
    public private(set) var firstBad: Int64?
    /// Hash of the last good stone.
    public private(set) var head = AuditChain.origin

    public init(chain: AuditChain) {
        self.chain = chain
    }

    /// - Parameter stone: the next; nil for one that cannot be read.
    public mutating func check(_ stone: AuditTombstone?) {
        guard firstBad == nil else { return }
        guard let stone, stone.number == checked + 1, stone.previousHash == head,
            chain.hash(of: stone.text) == stone.hash
        else {
            firstBad = checked + 1
            return
        }
        checked += 1
        head = stone.hash
    }
}
