/// Replaces the secret that the calls of a webhook are signed with. The one before signs beside it for
/// ``Limits/previousSecretLifetime``, so that a receiver can be given the new one meanwhile; one that was before that,
/// no more.
public struct RotateSecret: Command {
    public let id: DestinationID
    public let requiredScope = Scope.writeAccount

    public init(_ id: DestinationID) {
        self.id = id
    }

    /// - Returns: the destination; ``ChannelDestination/newJSON`` shows the secret, this once.
    /// - Throws: ``ErrandError/Conflict/notAWebhook``.
    public func execute(in context: CommandContext) throws(ErrandError) -> ChannelDestination {
        var destination = try context.destination(id)
        guard let rotated = ChannelForm.of(destination.kind)?.rotated else { throw .conflict(.notAWebhook) }
        destination.configuration = rotated(destination.configuration, context.now, context.randomBytes)
        try context.transaction.destinations.update(destination)
        let end = destination.configuration[ChannelForm.previousSecretEnd] ?? .null
        try context.record(
            .channelSecretRotated, about: .destination(id), [ChannelForm.previousSecretEnd: end])
        return destination
    }
}
