/// The chain of one user's audit log: each entry holds the hash of the one before, so that none can be changed,
/// left out or put in between without every later hash being wrong.
///
/// The hash is SHA-256 over the entry, previous hash included, in canonical JSON (RFC 8785).
public struct AuditChain: Sendable {
    /// What stands for the entry before the first.
    public static let origin = String(repeating: "0", count: 64)

    private let sha256: @Sendable ([UInt8]) -> [UInt8]

    /// - Parameter sha256: FIPS 180-4; 32 bytes.
    public init(sha256: @escaping @Sendable ([UInt8]) -> [UInt8]) {
        self.sha256 = sha256
    }

    /// The entry that the draft becomes after `head`, the last one of the log.
    public func seal(_ draft: AuditDraft, after head: (sequence: Int64, hash: String)?) -> SealedAuditEntry {
        let (sequence, previous) = ((head?.sequence ?? 0) + 1, head?.hash ?? AuditChain.origin)
        let text = draft.canonicalText(sequence, after: previous)
        return SealedAuditEntry(entry: draft.entry(sequence, after: previous), text: text, hash: hash(of: text))
    }

    func hash(of text: String) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let digest = sha256(Array(text.utf8))
        return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

/// Goes along a chain and finds the first entry that is not what it was.
public struct AuditVerification: Sendable {
    private let chain: AuditChain
    public private(set) var checked: Int64 = 0
    /// The number of the first entry that is wrong or missing; nil while all is well.
    public private(set) var firstBad: Int64?
    /// Hash of the last good entry: whoever keeps it can tell later that nothing up to it has changed.
    public private(set) var head = AuditChain.origin

    public init(chain: AuditChain) {
        self.chain = chain
    }

    public var isGood: Bool { firstBad == nil }

    /// Checks the next entry; after the first bad one there is nothing more to tell.
    public mutating func check(_ sealed: SealedAuditEntry) {
        guard isGood else { return }
        let entry = sealed.entry
        guard entry.sequence == checked + 1, entry.previousHash == head, chain.hash(of: sealed.text) == sealed.hash
        else {
            firstBad = checked + 1
            return
        }
        checked += 1
        head = sealed.hash
    }

    /// Says that the entry after the last one checked cannot be read.
    public mutating func markUnreadable() {
        if isGood { firstBad = checked + 1 }
    }

    public var json: JSONValue {
        var json: JSONObject = ["ok": .bool(isGood), "checked": .integer(checked), "head": .string(head)]
        if let firstBad { json.append("first_bad_seq", .integer(firstBad)) }
        return .object(json)
    }
}
