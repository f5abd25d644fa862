import CivilTime

/// Has the link sent again by which the reader of an address lets reminders and the like go there.
///
/// Whether a mail leaves is decided when it is sent: only so many go to one address in a day, whoever asks
/// (``Limits/channelLinksPerAddressMax``), which is told nobody.
public struct RequestDestinationVerification: Command {
    public let id: DestinationID
    public let requiredScope = Scope.writeAccount
    /// When to ask again after too many links.
    private static let pause = Duration.hours(1)

    public init(_ id: DestinationID) {
        self.id = id
    }

    /// - Throws: ``ErrandError/Conflict/nothingToVerify``; ``ErrandError/rateLimited(retryAfter:)`` when the user has
    ///   had ``Limits/channelLinksPerUserMax`` links sent within a day.
    public func execute(in context: CommandContext) throws(ErrandError) -> ChannelDestination {
        let destination = try context.destination(id)
        guard let address = destination.addressToVerify else { throw .conflict(.nothingToVerify) }
        let sent = try context.transaction.mailTokens.count(of: context.member, for: .channel, at: context.now)
        guard sent < Limits.channelLinksPerUserMax else {
            throw .rateLimited(retryAfter: RequestDestinationVerification.pause)
        }
        try context.mail(.verifyChannel, to: address)
        return destination
    }
}

extension ChannelDestination {
    /// The address whose reader has not said yet that reminders may go there; nil where nobody has to.
    var addressToVerify: EmailAddress? {
        guard kind == .email, status == .unverified else { return nil }
        return configuration["address"]?.string.flatMap { EmailAddress($0) }
    }
}
