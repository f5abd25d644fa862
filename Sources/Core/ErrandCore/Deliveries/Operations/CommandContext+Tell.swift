import CivilTime

extension CommandContext {
    /// Tells the user something: into the inbox, and on its way to their destinations, as their settings have it. Told
    /// again, it is one notification. A user who is gone is told nothing.
    ///
    /// What is left out gets a delivery as well, which says why.
    ///
    /// - Parameter destination: the only one that it goes to; nil for all.
    package func tell(
        _ notification: Notification, only destination: ChannelDestination? = nil
    ) throws(ErrandError) {
        if let destination {
            try tell(notification, to: [destination], alsoInInbox: false)
        } else {
            let all = try transaction.destinations.all(of: member, kind: nil)
            if all.isEmpty, !notification.isInInbox { return }
            try tell(notification, to: all, alsoInInbox: notification.isInInbox)
        }
    }

    /// Tells the programs of the user what happened to a task, all that the event says. Most users have none.
    ///
    /// - Throws: ``ErrandError/malformedEvent(_:)``.
    package func tellPrograms(of event: Event) throws(ErrandError) {
        let programs = try transaction.destinations.all(of: member, kind: .webhook)
        if programs.isEmpty { return }
        try tell(try Notification(ofTask: event, at: now), to: programs, alsoInInbox: false)
    }

    private func tell(
        _ notification: Notification, to all: [ChannelDestination], alsoInInbox: Bool
    ) throws(ErrandError) {
        let type = notification.type
        guard let user = try transaction.accounts.find(member) else { return }
        let wanted = user.settings.notifications.kinds(for: type)
        let isInInbox = alsoInInbox && wanted.contains(.inApp)
        let told = isInInbox ? notification : notification.outsideInbox
        // Notices about the account are mailed to its address anyway.
        let mailed = type == .security ? user.verifiedAddress?.key : nil
        let deliveries =
            all.filter { $0.kind != .email || $0.identity != mailed }
            .map { delivery(of: told, to: $0, isWanted: wanted.contains($0.kind)) }
        // What nobody is told need not be kept.
        guard isInInbox || type == .reminder || deliveries.contains(where: \.state.isOpen) else { return }
        guard try transaction.notifications.insert(told) else { return }
        if isInInbox {
            try record(
                .notificationAdded, about: .notification(told.id), ["notification": told.json], id: told.addedEventID
            )
        }
        if !deliveries.isEmpty { try transaction.deliveries.insert(deliveries) }
    }

    private func delivery(
        of notification: Notification, to destination: ChannelDestination, isWanted: Bool
    ) -> Delivery {
        let reason =
            DeliveryPlan.Reason.leftOut(destination.status, notification.type, destination.kind)
            ?? (isWanted ? nil : DeliveryPlan.Reason.unwanted(notification.type, destination.kind))
        return Delivery(
            id: newID(), ownerID: member, notificationID: notification.id, destinationID: destination.id,
            kind: destination.kind, host: destination.host, state: reason == nil ? .pending : .skipped,
            nextAt: reason == nil ? now : nil,
            expiresAt: now + notification.type.timeToLive, wantedAt: notification.remindAt, createdAt: now,
            endedAt: reason == nil ? nil : now, reason: reason
        )
    }
}
