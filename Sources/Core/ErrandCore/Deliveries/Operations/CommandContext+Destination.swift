extension CommandContext {
    /// Notes at a destination what came of a send. One that is gone is an event: its owner has to know.
    package func note(_ outcome: DeliveryOutcome, of id: DestinationID) throws(ErrandError) {
        guard let before = try transaction.destinations.find(id, of: member) else { return }
        let after = before.noting(outcome, at: now)
        try transaction.destinations.update(after)
        if after.status == .gone, before.status != .gone { try recordChange(from: before, to: after) }
    }

    /// Records what an owner sees of the change of a destination; nothing when that is nothing.
    func recordChange(
        from before: ChannelDestination, to after: ChannelDestination
    ) throws(ErrandError) {
        let (old, new) = (before.settingsJSON, after.settingsJSON)
        var changes = JSONObject()
        for member in new.members where old[member.name] != member.value {
            changes.append(member.name, ["from": old[member.name] ?? .null, "to": member.value])
        }
        if changes.isEmpty { return }
        try record(
            .channelChanged, about: .destination(after.id), ["changes": .object(changes), "channel": .object(new)])
    }
}
