/// Where a user can be reached, and what became of what they were told.
extension Catalogue {
    public static let listChannels = CatalogueEntry<[ChannelDestination]>(
        "channels.list", "Lists where the user can be reached, without secrets.", scope: .readAccount,
        read: { _ in .query(ListDestinations()) },
        json: { ["items": .array($0.map(\.json)), "next_cursor": .null] },
        sentence: { "\(Sentences.count($0.count, "channel"))." }
    )

    public static let addChannel = CatalogueEntry<AddDestination.Outcome>(
        "channels.add", "Adds an address, a webhook or a topic to be reached at.", scope: .writeAccount, reads: .body,
        read: { (input) throws(ErrandError) in
            .command(AddDestination(try DestinationForm(input.body, at: input.pointer)))
        },
        json: { $0.isNew ? $0.destination.newJSON : $0.destination.json },
        sentence: { "\($0.destination.name) is \($0.isNew ? "added" : "there")." }, isNew: \.isNew
    )

    /// The body is what browsers make of a `PushSubscription`.
    public static let subscribeBrowser = CatalogueEntry<AddDestination.Outcome>(
        "push.subscribe", "Has a browser be sent notifications.", scope: .writeAccount, reads: .body,
        read: { (input) throws(ErrandError) in
            .command(AddDestination(try .subscription(input.body, at: input.pointer)))
        },
        json: { $0.destination.json },
        sentence: { "\($0.destination.name) is \($0.isNew ? "added" : "there")." }, isNew: \.isNew
    )

    public static let unsubscribeBrowser = CatalogueEntry<Void>(
        "push.unsubscribe", "Has a browser, named by its endpoint, be sent nothing more.", scope: .writeAccount,
        reads: .body,
        read: { (input) throws(ErrandError) in
            var reader = FieldReader(input.body, at: input.pointer)
            reader.require("endpoint")
            let endpoint = reader.string("endpoint")
            try reader.finish()
            return .command(RemoveDestination(.endpoint(endpoint ?? "")))
        },
        json: { nil }, sentence: { "The browser is removed." }
    )

    /// The same as removing the channel that the browser is.
    public static let removeBrowser = CatalogueEntry<Void>(
        "push.remove", "Has a browser be sent nothing more.", scope: .writeAccount, about: .channel,
        read: { (input) throws(ErrandError) in .command(RemoveDestination(.id(try input.id(of: .channel)))) },
        json: { nil }, sentence: { "The browser is removed." }
    )

    public static let editChannel = CatalogueEntry<ChannelDestination>(
        "channels.edit", "Renames a channel, turns it off or on.", scope: .writeAccount, about: .channel, reads: .body,
        read: { (input) throws(ErrandError) in
            let edit = try DestinationEdit(input.body, at: input.pointer)
            return .command(EditDestination(try input.id(of: .channel), edit))
        },
        json: \.json, sentence: { "\($0.name) is \($0.status.rawValue)." }
    )

    public static let removeChannel = CatalogueEntry<Void>(
        "channels.remove", "Removes a channel, and what is on its way there.", scope: .writeAccount, about: .channel,
        read: { (input) throws(ErrandError) in .command(RemoveDestination(.id(try input.id(of: .channel)))) },
        json: { nil }, sentence: { "The channel is removed." }
    )

    public static let testChannel = CatalogueEntry<TestDestination.Outcome>(
        "channels.test", "Sends a test to a channel.", scope: .writeAccount, about: .channel,
        read: { (input) throws(ErrandError) in .command(TestDestination(try input.id(of: .channel))) },
        json: \.json, sentence: { "A test is on its way to \($0.destination.name)." }
    )

    public static let verifyChannel = CatalogueEntry<ChannelDestination>(
        "channels.verify", "Has the link that verifies an e-mail channel sent again.", scope: .writeAccount,
        about: .channel,
        read: { (input) throws(ErrandError) in
            .command(RequestDestinationVerification(try input.id(of: .channel)))
        },
        json: \.json, sentence: { "A link is on its way to \($0.name)." }
    )

    public static let rotateSecret = CatalogueEntry<ChannelDestination>(
        "channels.rotate-secret", "Replaces the secret that a webhook's calls are signed with.", scope: .writeAccount,
        about: .channel,
        read: { (input) throws(ErrandError) in .command(RotateSecret(try input.id(of: .channel))) },
        json: \.newJSON, sentence: { "\($0.name) has a new secret; the one before is good for a day." }
    )

    public static let replayChannel = CatalogueEntry<ReplayDestination.Outcome>(
        "channels.replay", "Sends a webhook again what went there after a call.", scope: .writeAccount,
        about: .channel, reads: .body,
        read: { (input) throws(ErrandError) in
            let form = try ReplayForm(input.body, at: input.pointer)
            return .command(ReplayDestination(try input.id(of: .channel), form))
        },
        json: \.json, sentence: { "\(Sentences.count($0.count, "call")) sent again." }
    )

    public static let listDeliveries = CatalogueEntry<ListDeliveries.Answer>(
        "notifications.deliveries", "Says why the user did or did not get a notification, channel by channel.",
        scope: .readTasks, about: .notification,
        read: { (input) throws(ErrandError) in .query(ListDeliveries(try input.id(of: .notification))) },
        json: \.json,
        sentence: { answer in
            let arrived = answer.deliveries.filter { $0.delivery.state == .delivered }.count
            return "Sent to \(Sentences.count(answer.deliveries.count, "channel").lowercased()), \(arrived) arrived."
        }
    )
}
