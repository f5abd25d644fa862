public import CivilTime
public import ErrandCore

/// What a ``DeliveryLoop`` did. Says nothing of what was sent.
public struct SendingReport: Hashable, Sendable {
    /// A delivery that has moved.
    public struct Step: Hashable, Sendable {
        public let delivery: DeliveryID
        /// Where it is now.
        public let state: Delivery.State
        /// Why, in a sentence; see ``Delivery/reason``.
        public let reason: String?
        public let attempts: Int
        /// From when it was wanted to when it was delivered; nil where it was not.
        public let lateness: Duration?
        /// Whether somebody had begun to send it before, and was gone: it may have been sent twice.
        public let isRepeated: Bool
    }

    public let kind: ChannelKind
    public var steps: [Step] = []
    /// When to look again; nil when nothing waits.
    public var next: Instant?
    /// Whether more may be due.
    public var isPartial = false

    init(_ kind: ChannelKind) {
        self.kind = kind
    }
}

extension SendingReport.Step {
    init(_ delivery: Delivery, isRepeated: Bool = false) {
        self.init(
            delivery: delivery.id, state: delivery.state, reason: delivery.reason, attempts: delivery.attempts,
            lateness: delivery.state == .delivered ? delivery.endedAt.map { $0 - delivery.wantedAt } : nil,
            isRepeated: isRepeated
        )
    }
}
