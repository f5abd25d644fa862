public import CivilTime
public import ErrandCore

extension Notification {
    /// A notification with only what a test is about set.
    public static func make(
        id: NotificationID = .make(), user: UserID, type: NotificationType = .reminder, task: TaskID? = nil,
        title: String = "Call Mum", at instant: Instant = .testStart, isInInbox: Bool = true,
        payload: JSONObject = [:]
    ) -> Notification {
        Notification(
            id: id, userID: user, type: type, taskID: task, title: title, at: instant, isInInbox: isInInbox,
            payload: payload
        )
    }
}

extension ChannelDestination {
    /// A webhook of that name, unless the test says otherwise.
    public static func make(
        id: DestinationID = .make(), user: UserID, kind: ChannelKind = .webhook, name: String = "hook",
        host: String = "example.org", status: Status = .active
    ) -> ChannelDestination {
        let address = JSONValue.string("https://\(host)/\(name)")
        let configuration: JSONObject =
            switch kind {
            case .webPush: ["endpoint": address, "p256dh": "key", "auth": "secret"]
            case .email: ["address": .string("\(name)@\(host)")]
            case .ntfy: ["server": .string("https://\(host)"), "topic": .string(name)]
            case .webhook, .inApp: ["url": address, "secret": "whsec_c2VjcmV0"]
            }
        return ChannelDestination(
            id: id, ownerID: user, kind: kind, name: name, configuration: configuration,
            identity: ChannelForm.of(kind)?.identity(configuration) ?? name, status: status, createdAt: .testStart
        )
    }
}

extension Delivery {
    /// One that is due at once.
    public static func make(
        id: DeliveryID = .make(), of notification: Notification, to destination: ChannelDestination,
        state: State = .pending, attempts: Int = 0, nextAt: Instant? = .testStart,
        expiresAt: Instant = .testStart + .hours(24)
    ) -> Delivery {
        Delivery(
            id: id, ownerID: notification.userID, notificationID: notification.id, destinationID: destination.id,
            kind: destination.kind, host: destination.host, state: state, attempts: attempts, nextAt: nextAt,
            expiresAt: expiresAt, wantedAt: notification.remindAt, createdAt: notification.createdAt
        )
    }
}
