import CivilTime

/// Adds a place to be reached at. Added again, it is the one that is there, with the configuration of now.
public struct AddDestination: Command {
    public struct Outcome: Sendable {
        public let destination: ChannelDestination
        public let isNew: Bool
    }

    public let form: DestinationForm
    public let requiredScope = Scope.writeAccount

    public init(_ form: DestinationForm) {
        self.form = form
    }

    public func execute(in context: CommandContext) throws(ErrandError) -> Outcome {
        guard let kind = ChannelForm.of(form.kind) else { throw .notFound(.channel) }
        let table = context.transaction.destinations
        let identity = kind.identity(form.configuration)
        if let before = try table.find(form.kind, identity: identity, of: context.member) {
            return Outcome(destination: try renew(before, in: context), isNew: false)
        }
        guard try table.all(of: context.member, kind: form.kind).count < Limits.destinationsPerUserMax else {
            let limit = Limits.destinationsPerUserMax
            throw .invalid("", .tooMany, "There can be at most \(limit) of a kind; remove one first.")
        }
        if form.kind == .webPush { try table.releaseFromOthers(form.kind, identity: identity, but: context.member) }
        // Whoever uses the account has shown that its own address is theirs.
        let isShown = form.kind == .email ? try context.user().verifiedAddress?.key == identity : false
        let destination = ChannelDestination(
            id: context.newID(), ownerID: context.member, kind: form.kind,
            name: form.name ?? form.kind.words, configuration: kind.completed(form.configuration, context.randomBytes),
            identity: identity, status: isShown ? .active : kind.initialStatus, createdAt: context.now
        )
        guard try table.insert(destination) else { throw .unavailable }
        try context.record(
            .channelAdded, about: .destination(destination.id), ["channel": .object(destination.settingsJSON)])
        if let address = destination.addressToVerify { try context.mail(.verifyChannel, to: address) }
        return Outcome(destination: destination, isNew: true)
    }

    /// What was gone is back; secrets that were made for it stay.
    private func renew(
        _ before: ChannelDestination, in context: CommandContext
    ) throws(ErrandError) -> ChannelDestination {
        var after = before
        for member in form.configuration.members { after.configuration[member.name] = member.value }
        after.name = form.name ?? before.name
        if before.status == .gone || before.status == .failing { after.status = .active }
        if after == before { return before }
        if after.status != before.status { after.failures = 0 }
        try context.transaction.destinations.update(after)
        try context.recordChange(from: before, to: after)
        return after
    }
}

/// Renames a destination, turns it off or on.
public struct EditDestination: Command {
    public let id: DestinationID
    public let edit: DestinationEdit
    public let requiredScope = Scope.writeAccount

    public init(_ id: DestinationID, _ edit: DestinationEdit) {
        self.id = id
        self.edit = edit
    }

    public func execute(in context: CommandContext) throws(ErrandError) -> ChannelDestination {
        let before = try context.destination(id)
        var after = before
        after.name = edit.name ?? before.name
        switch (edit.isEnabled, before.status) {
        case (false?, .active), (false?, .failing): after.status = .disabled
        case (true?, .disabled):
            after.status = .active
            after.failures = 0
        default: break
        }
        if after == before { return before }
        try context.transaction.destinations.update(after)
        try context.recordChange(from: before, to: after)
        return after
    }
}

/// Removes a destination, and what is on its way there.
public struct RemoveDestination: Command {
    public enum Target: Hashable, Sendable {
        case id(DestinationID)
        /// The browser with that endpoint.
        case endpoint(String)
    }

    public let target: Target
    public let requiredScope = Scope.writeAccount

    public init(_ target: Target) {
        self.target = target
    }

    public func execute(in context: CommandContext) throws(ErrandError) {
        let destination: ChannelDestination
        switch target {
        case .id(let id): destination = try context.destination(id)
        case .endpoint(let text):
            let table = context.transaction.destinations
            guard let found = try table.find(.webPush, identity: text, of: context.member) else {
                throw .notFound(.channel)
            }
            destination = found
        }
        guard try context.transaction.destinations.delete(destination.id, of: context.member) else {
            throw .notFound(.channel)
        }
        try context.record(
            .channelRemoved, about: .destination(destination.id), ["channel": .object(destination.settingsJSON)])
    }
}

/// Sends a test to a destination, and only there.
public struct TestDestination: Command {
    public struct Outcome: Sendable {
        public let notificationID: NotificationID
        public let destination: ChannelDestination

        public var json: JSONValue {
            [
                "notification_id": .string(notificationID.description),
                "channel_id": .string(destination.id.description),
            ]
        }
    }

    public let id: DestinationID
    public let requiredScope = Scope.writeAccount

    public init(_ id: DestinationID) {
        self.id = id
    }

    /// - Throws: `channelOff` where nothing is sent.
    public func execute(in context: CommandContext) throws(ErrandError) -> Outcome {
        let destination = try context.destination(id)
        guard DeliveryPlan.Reason.leftOut(destination.status, .test, destination.kind) == nil else {
            throw .conflict(.channelOff)
        }
        let notification = Notification(
            id: context.newID(), userID: context.member, type: .test, title: "A test from Errand", at: context.now,
            isInInbox: false,
            payload: [
                "body": .string("You asked for it, to see that \(destination.name) works."), "path": "/#/settings",
            ]
        )
        try context.tell(notification, only: destination)
        return Outcome(notificationID: notification.id, destination: destination)
    }
}

extension CommandContext {
    /// - Throws: ``ErrandError/notFound(_:)``.
    func destination(_ id: DestinationID) throws(ErrandError) -> ChannelDestination {
        guard let found = try transaction.destinations.find(id, of: member) else { throw .notFound(.channel) }
        return found
    }
}
