public import CivilTime

/// Sends the mails about accounts that wait, and tries again what fails for reasons that may pass.
///
/// A mail is leased by its time: the attempt is counted, the token of its link made and its hash kept, in one
/// transaction; then it is sent, and what came of it recorded. A process that ends in between lets the lease run out,
/// and the mail is sent again, under the same Message-ID, with another token beside the first.
public struct Mailing: Sendable {
    /// Mails that are sent at once.
    public static let batchSize = 8
    /// Longer than a send may take.
    static let lease = Duration.minutes(2)
    /// After the attempts that failed.
    static let pauses: [Duration] = [.minutes(1), .minutes(5), .minutes(15), .minutes(30), .hours(2)]

    private let environment: Environment
    private let sha256: @Sendable ([UInt8]) -> [UInt8]

    /// - Parameter sha256: FIPS 180-4; 32 bytes.
    public init(environment: Environment, sha256: @escaping @Sendable ([UInt8]) -> [UInt8]) {
        self.environment = environment
        self.sha256 = sha256
    }

    public struct Report: Hashable, Sendable {
        public var sent = 0
        /// To be tried again.
        public var delayed = 0
        /// Refused for good.
        public var refused = 0
        /// To nobody, or to somebody who has been sent as many of them as may be.
        public var dropped = 0
        /// What went wrong, in sentences without any address.
        public var reasons: [String] = []
        /// When to look again; nil when nothing waits.
        public var next: Instant?

        public var isPartial: Bool { sent + delayed + refused + dropped >= Mailing.batchSize }
    }

    /// Sends what is due, up to ``batchSize``.
    public func runOnce(
        send: @escaping @Sendable (OutgoingMail) async -> DeliveryOutcome
    ) async throws(ErrandError) -> Report {
        let now = environment.now()
        // Looking is enough where nothing is due: a write would wake everybody.
        guard let next = try await nextInstant() else { return Report() }
        if next > now { return Report(next: next) }
        let (leased, dropped) = try await lease(at: now)
        var report = Report(dropped: dropped)
        let outcomes = await withTaskGroup(of: (AccountMail, DeliveryOutcome).self) { group in
            for (mail, outgoing) in leased { group.addTask { (mail, await send(outgoing)) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        try await record(outcomes, &report)
        report.next = try await nextInstant()
        return report
    }

    private func nextInstant() async throws(ErrandError) -> Instant? {
        try await environment.store.read { (transaction) throws(ErrandError) in
            try transaction.mails.nextInstant()
        }
    }

    private func lease(
        at now: Instant
    ) async throws(ErrandError) -> (leased: [(AccountMail, OutgoingMail)], dropped: Int) {
        try await environment.store.write { (transaction) throws(ErrandError) in
            var leased: [(AccountMail, OutgoingMail)] = []
            var dropped = 0
            for mail in try transaction.mails.due(at: now, limit: Mailing.batchSize) {
                guard let outgoing = try outgoing(mail, in: transaction, at: now) else {
                    try transaction.mails.delete(mail.id)
                    dropped += 1
                    continue
                }
                var next = mail
                next.attempts += 1
                next.nextAt = now + Mailing.lease
                try transaction.mails.update(next)
                leased.append((next, outgoing))
            }
            return (leased, dropped)
        }
    }

    /// The mail with its token; nil when there is nobody to send it to any more, or too much has been sent.
    private func outgoing(
        _ mail: AccountMail, in transaction: any StoreTransaction, at now: Instant
    ) throws(ErrandError) -> OutgoingMail? {
        var user: User?
        if let id = mail.userID { user = try transaction.accounts.find(id) }
        if mail.kind == .resetPassword {
            // Whoever has no password here signs in elsewhere.
            user = try transaction.accounts.find(emailKey: mail.recipient.key)
            guard let user, try transaction.accounts.passwordHash(of: user.id) != nil else { return nil }
        }
        var token: String?
        if let purpose = mail.kind.token {
            guard let user else { return nil }
            token = try makeToken(for: purpose, of: user.id, mail, in: transaction, at: now)
            if token == nil { return nil }
        }
        // Whoever reads the address of a channel may be a stranger: nothing that a user has written goes there.
        let name = mail.kind == .verifyChannel ? "" : user?.name ?? ""
        return OutgoingMail(
            id: mail.id, kind: mail.kind, recipient: mail.recipient, name: name,
            language: user?.settings.spokenLanguage ?? mail.language, zone: user?.settings.zone ?? .utc,
            at: mail.createdAt,
            token: token
        )
    }

    /// The secret of the mail's link; nil when there is nothing left that it would be for, or too much has been sent.
    private func makeToken(
        for purpose: MailToken.Purpose, of user: UserID, _ mail: AccountMail, in transaction: any StoreTransaction,
        at now: Instant
    ) throws(ErrandError) -> String? {
        let tokens = transaction.mailTokens
        guard now - mail.createdAt < purpose.lifetime else { return nil }
        if mail.attempts == 0 {
            guard try tokens.count(of: user, for: purpose, at: now) < purpose.countMax else { return nil }
            let limit = Limits.channelLinksPerAddressMax
            if purpose == .channel, try tokens.count(to: mail.recipient, for: .channel, at: now) >= limit {
                return nil
            }
        }
        var destination: DestinationID?
        if purpose == .channel {
            let found = try transaction.destinations.find(.email, identity: mail.recipient.key, of: user)
            guard let found, found.status == .unverified else { return nil }
            destination = found.id
        }
        let secret = environment.randomBytes(Limits.mailTokenBytes)
        let token = MailToken(
            userID: user, purpose: purpose, address: mail.recipient, expiresAt: now + purpose.lifetime,
            destinationID: destination
        )
        try tokens.insert(token, hash: sha256(secret))
        return Base64URL.encode(secret)
    }

    private func record(
        _ outcomes: [(AccountMail, DeliveryOutcome)], _ report: inout Report
    ) async throws(ErrandError) {
        guard !outcomes.isEmpty else { return }
        let now = environment.now()
        try await environment.store.write { (transaction) throws(ErrandError) in
            for (mail, outcome) in outcomes {
                guard let pause = outcome.pause(after: mail.attempts), now - mail.createdAt < Limits.mailLifetime else {
                    try transaction.mails.delete(mail.id)
                    continue
                }
                var next = mail
                next.nextAt = now + pause
                try transaction.mails.update(next)
            }
        }
        for (_, outcome) in outcomes {
            switch outcome {
            case .delivered: report.sent += 1
            case .retry(_, let reason), .misconfigured(let reason):
                report.delayed += 1
                report.reasons.append(reason)
            case .gone(let reason), .rejected(let reason):
                report.refused += 1
                report.reasons.append(reason)
            case .tooLarge:
                report.refused += 1
                report.reasons.append("The mail is too large.")
            }
        }
    }
}

extension DeliveryOutcome {
    /// How long to wait after that many attempts; nil when there is nothing more to do.
    fileprivate func pause(after attempts: Int) -> Duration? {
        switch self {
        case .delivered, .gone, .rejected, .tooLarge: return nil
        case .retry, .misconfigured:
            return Mailing.pauses[min(max(attempts, 1), Mailing.pauses.count) - 1]
        }
    }
}
