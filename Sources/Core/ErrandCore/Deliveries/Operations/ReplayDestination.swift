/// Sends again, in order, what went to a webhook or was given up after a place: a receiver that was broken, or has lost
/// what it had, asks for it.
///
/// A place is a call, by its `webhook-id`. What is sent again has the same one as before, so a receiver drops what it
/// has. One call follows the end of the one before. Tests, and what was left out or not needed any more, do not come
/// again.
public struct ReplayDestination: Command {
    public struct Outcome: Sendable {
        /// How many are sent again.
        public let count: Int
        /// After which to go on; nil when nothing is left.
        public let next: DeliveryID?

        public var json: JSONValue {
            ["replayed": JSONValue(count), "next_cursor": JSONValue(text: next?.description)]
        }
    }

    public let id: DestinationID
    public let form: ReplayForm
    public let requiredScope = Scope.writeAccount
    /// When to ask again while as many are under way as may be.
    private static let pause = Duration.seconds(10)

    public init(_ id: DestinationID, _ form: ReplayForm) {
        self.id = id
        self.form = form
    }

    /// - Throws: ``ErrandError/Conflict/notAWebhook``; ``ErrandError/Conflict/channelOff`` where nothing is sent;
    ///   ``ErrandError/invalidCursor`` for what is no call to it that is still kept;
    ///   ``ErrandError/rateLimited(retryAfter:)`` while ``Limits/replayMax`` are under way.
    public func execute(in context: CommandContext) throws(ErrandError) -> Outcome {
        let (destination, table) = (try context.destination(id), context.transaction.deliveries)
        guard destination.kind == .webhook else { throw .conflict(.notAWebhook) }
        guard DeliveryPlan.Reason.leftOut(destination.status, .taskEvent, .webhook) == nil else {
            throw .conflict(.channelOff)
        }
        let room = Limits.replayMax - (try table.replays(to: id, of: context.member))
        guard room > 0 else { throw .rateLimited(retryAfter: ReplayDestination.pause) }
        let found = try table.ended(to: id, of: context.member, after: form.since, limit: room + 1)
        guard let found else { throw .invalidCursor }
        let plan = DeliveryPlan(at: context.now)
        var count = 0
        for one in found.prefix(room)
        where try table.restart(plan.replay(one.delivery, of: one.notification.type)) {
            count += 1
        }
        return Outcome(count: count, next: found.count > room ? found[room - 1].delivery.id : nil)
    }
}

/// From where on to send again.
public struct ReplayForm: Hashable, Sendable {
    /// The last call that need not come again; nil for all that is kept.
    public let since: DeliveryID?

    /// Reads `{since?}`.
    public init(_ json: JSONValue, at pointer: String = "") throws(ErrandError) {
        var reader = FieldReader(json, at: pointer)
        let isGiven = reader.value("since") ?? .null != .null
        since = isGiven ? reader.parsed("since", expected: "the webhook-id of a call") { DeliveryID($0) } : nil
        try reader.finish()
    }
}
