public import CivilTime

/// Sends messages over one kind of channel. The only thing that a protocol of the outside world has to fit into.
///
/// Calls run beside each other, within the limits of ``ChannelPace``. A channel keeps nothing that a crash could
/// lose: whether something was sent is the business of ``Delivery``.
public protocol NotificationChannel: Sendable {
    var kind: ChannelKind { get }

    /// Sends once, without repeating: what comes of it is up to the caller.
    ///
    /// Has to end by the deadline of the attempt, and when the task is cancelled. The same attempt may come again
    /// after a crash, with the same key.
    func send(
        _ message: OutgoingMessage, to destination: ChannelDestination, attempt: DeliveryAttempt
    ) async -> DeliveryOutcome
}

/// One try to deliver.
public struct DeliveryAttempt: Hashable, Sendable {
    public let deliveryID: DeliveryID
    /// The same in all attempts of one delivery, so that a receiver can tell a repetition: the id of the delivery.
    public var idempotencyKey: String { deliveryID.description }
    /// 1, 2, 3 …
    public let number: Int
    /// The send is given up at that moment.
    public let deadline: Instant

    public init(deliveryID: DeliveryID, number: Int, deadline: Instant) {
        self.deliveryID = deliveryID
        self.number = number
        self.deadline = deadline
    }
}

/// What came of an attempt. Reasons are short sentences of ours: they are shown to the user and to operators, so they
/// hold no text of tasks, no secrets, and what a server has said only as far as it is a known code.
public enum DeliveryOutcome: Hashable, Sendable {
    /// The next server has taken it over.
    ///
    /// - evidence: what it calls it, an id or a status; at most ``Limits/deliveryReasonLengthMax``.
    case delivered(evidence: String?)
    /// It may work later.
    ///
    /// - after: what the server asks for (`Retry-After`); nil for the usual pause. Bounded by
    ///   ``Limits/deliveryPauseMax``.
    case retry(after: Duration?, reason: String)
    /// The destination is no more: nothing is sent there any more.
    case gone(reason: String)
    /// Not this message, now or later; others may pass.
    case rejected(reason: String)
    /// It is not the message: the destination or the server's settings have to be repaired by somebody.
    case misconfigured(reason: String)
    /// It is tried once more, shortened.
    case tooLarge
}
