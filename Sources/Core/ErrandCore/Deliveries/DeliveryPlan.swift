public import CivilTime

/// What becomes of a delivery. Pure: the delivery and what is known go in, the delivery as it is next comes out.
///
///     pending ─┬─ begin ─▶ sending ─┬─ delivered
///     waiting ─┘                    ├─ waiting     try again after a pause, while somebody needs it
///        ▲                          ├─ failed      it can't be, ever
///        └── quiet hours, pause ────┘
///     begin ─▶ expired | superseded | skipped      nobody needs it, or wants it there, any more
///
/// A delivery in `sending` whose lease has ended begins again: whoever had it is gone, and may have sent it.
public struct DeliveryPlan: Sendable {
    /// After the first failure, the second …; the last one again and again.
    static let pauses: [Duration] = [.minutes(1), .minutes(5), .minutes(30), .hours(2)]

    public let now: Instant

    public init(at now: Instant) {
        self.now = now
    }

    /// What is known when it is to be sent.
    public struct Circumstances: Sendable {
        public var status: ChannelDestination.Status
        public var type: NotificationType
        /// Whether its user still wants notifications of the type over the kind.
        public var isWanted = true
        /// Whether the task of a reminder is done, in the trash, or gone.
        public var isDone = false
        /// Whether its user has seen it in the inbox.
        public var isRead = false
        /// The end of the quiet hours that it is now; nil where they do not count.
        public var quietUntil: Instant?

        public init(status: ChannelDestination.Status, type: NotificationType) {
            self.status = status
            self.type = type
        }
    }

    public enum Beginning: Hashable, Sendable {
        /// Take the lease, then send.
        case send(Delivery)
        /// Nothing is sent.
        case put(Delivery)

        public var delivery: Delivery {
            switch self {
            case .send(let delivery), .put(let delivery): delivery
            }
        }
    }

    /// - Parameter lease: how long others leave it to whoever sends it; see ``renewed(_:lease:)``.
    public func begin(_ delivery: Delivery, _ known: Circumstances, lease: Duration) -> Beginning {
        if let end = reasonToEnd(delivery, known) { return .put(ended(delivery, end.state, end.reason)) }
        if let quietUntil = known.quietUntil, quietUntil > now {
            if quietUntil >= delivery.expiresAt { return .put(ended(delivery, .expired, Reason.quiet)) }
            return .put(waiting(delivery, until: quietUntil, Reason.quiet))
        }
        var next = delivery
        next.state = .sending
        next.attempts += 1
        next.lastAttemptAt = now
        next.nextAt = now + lease
        return .send(next)
    }

    /// What is still being sent: whoever does so lives, and keeps it.
    public func renewed(_ delivery: Delivery, lease: Duration) -> Delivery {
        var next = delivery
        next.nextAt = now + lease
        return next
    }

    private func reasonToEnd(
        _ delivery: Delivery, _ known: Circumstances
    ) -> (state: Delivery.State, reason: String)? {
        if let reason = Reason.leftOut(known.status, known.type, delivery.kind) { return (.skipped, reason) }
        if !known.isWanted { return (.skipped, Reason.unwanted(known.type, delivery.kind)) }
        if known.isDone { return (.superseded, Reason.done) }
        if known.isRead, known.type != .test, delivery.kind != .webhook { return (.superseded, Reason.read) }
        if now >= delivery.expiresAt { return (.expired, delivery.reason ?? Reason.tooLate) }
        if delivery.attempts >= Limits.deliveryAttemptsMax { return (.failed, delivery.reason ?? Reason.tooOften) }
        return nil
    }

    /// What comes of an attempt that has begun.
    public func finish(_ delivery: Delivery, with outcome: DeliveryOutcome) -> Delivery {
        switch outcome {
        case .delivered(let evidence): ended(delivery, .delivered, evidence)
        case .gone(let reason), .rejected(let reason), .misconfigured(let reason): ended(delivery, .failed, reason)
        case .tooLarge:
            delivery.isShortened ? ended(delivery, .failed, Reason.tooLarge) : shortened(delivery)
        case .retry(let asked, let reason): again(delivery, after: asked, reason)
        }
    }

    /// A delivery that has come to its end, as it begins anew, since its user asks for it: with all its attempts,
    /// wanted from now on, under the same key.
    public func replay(_ delivery: Delivery, of type: NotificationType) -> Delivery {
        Delivery(
            id: delivery.id, ownerID: delivery.ownerID, notificationID: delivery.notificationID,
            destinationID: delivery.destinationID, kind: delivery.kind, host: delivery.host, state: .pending,
            nextAt: now, expiresAt: now + type.timeToLive, wantedAt: now, createdAt: delivery.createdAt,
            lastAttemptAt: delivery.lastAttemptAt, isReplayed: true
        )
    }

    private func shortened(_ delivery: Delivery) -> Delivery {
        var next = waiting(delivery, until: now, Reason.tooLarge)
        next.isShortened = true
        return next
    }

    private func again(_ delivery: Delivery, after asked: Duration?, _ reason: String) -> Delivery {
        if delivery.attempts >= Limits.deliveryAttemptsMax { return ended(delivery, .failed, reason) }
        let pauses = DeliveryPlan.pauses
        let usual = pauses[min(max(delivery.attempts, 1), pauses.count) - 1]
        let pause = asked.map { min(max($0, .seconds(1)), Limits.deliveryPauseMax) } ?? usual
        if now + pause >= delivery.expiresAt { return ended(delivery, .expired, reason) }
        return waiting(delivery, until: now + pause, reason)
    }

    private func waiting(_ delivery: Delivery, until instant: Instant, _ reason: String) -> Delivery {
        var next = delivery
        next.state = .waiting
        next.nextAt = instant
        next.reason = DeliveryPlan.cut(reason)
        return next
    }

    private func ended(_ delivery: Delivery, _ state: Delivery.State, _ reason: String?) -> Delivery {
        var next = delivery
        next.state = state
        next.nextAt = nil
        next.endedAt = now
        next.reason = reason.map(DeliveryPlan.cut)
        return next
    }

    /// One line, as long as is kept.
    static func cut(_ reason: String) -> String {
        String(
            reason.unicodeScalars.prefix(Limits.deliveryReasonLengthMax).map { $0.value < 0x20 ? " " : Character($0) })
    }

    /// Why something was not sent, in sentences for its user.
    enum Reason {
        static let quiet = "Waits for the end of quiet hours."
        static let done = "The task was done, or deleted, before it was sent."
        static let read = "It was read before it was sent."
        static let tooLate = "It could not be sent while somebody needed it."
        static let tooOften = "It was tried too often."
        static let tooLarge = "It was too large."

        static func unwanted(_ type: NotificationType, _ kind: ChannelKind) -> String {
            "The settings do not send \(type.words) over \(kind.words)."
        }

        /// Nil where it is sent.
        static func leftOut(
            _ status: ChannelDestination.Status, _ type: NotificationType, _ kind: ChannelKind
        ) -> String? {
            switch status {
            case .active, .failing: nil
            case .unverified: type == .test && kind != .email ? nil : "It is not verified yet."
            case .disabled: "It is turned off."
            case .gone: "It is gone: its server does not know it any more."
            }
        }
    }
}

extension ChannelDestination {
    /// From so many failures in a row on it is marked as failing.
    static let failuresTolerated = 3

    /// After a send with that outcome.
    package func noting(_ outcome: DeliveryOutcome, at now: Instant) -> ChannelDestination {
        var next = self
        switch outcome {
        case .delivered:
            next.failures = 0
            next.lastResult = LastResult(at: now, succeeded: true, reason: nil)
            if status == .failing { next.status = .active }
            return next
        case .retry(_, let reason), .rejected(let reason): next.fail(reason, at: now)
        case .tooLarge: next.fail(DeliveryPlan.Reason.tooLarge, at: now)
        case .misconfigured(let reason):
            next.fail(reason, at: now)
            if status == .active { next.status = .failing }
        case .gone(let reason):
            next.fail(reason, at: now)
            next.status = .gone
        }
        if next.status == .active, next.failures >= ChannelDestination.failuresTolerated { next.status = .failing }
        return next
    }

    private mutating func fail(_ reason: String, at now: Instant) {
        failures += 1
        lastResult = LastResult(at: now, succeeded: false, reason: DeliveryPlan.cut(reason))
    }
}

extension NotificationType {
    /// As sentences say it.
    var words: String {
        switch self {
        case .reminder: "reminders"
        case .digest: "the digest"
        case .security: "notices about the account"
        case .taskEvent: "events of tasks"
        case .test: "tests"
        }
    }

    /// How long somebody needs one, from when it came up.
    package var timeToLive: Duration {
        switch self {
        case .reminder, .taskEvent: .hours(24)
        case .digest: .hours(12)
        case .security: .days(3)
        case .test: .minutes(10)
        }
    }
}

extension ChannelKind {
    /// Whether quiet hours hold notifications of a type back: what makes a sound, and was not asked for just now.
    func keepsQuiet(for type: NotificationType) -> Bool {
        switch (self, type) {
        case (_, .test), (_, .security), (.inApp, _), (.webhook, _): false
        case (.webPush, _), (.email, _), (.ntfy, _): true
        }
    }
}
