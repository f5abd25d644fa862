import CivilTime

/// What a link in a reminder's mail does, once, for whoever has it. It lies in the link itself, sealed, and in no
/// table.
public struct MailedAction: Hashable, Sendable {
    public enum Act: Hashable, Sendable {
        case done(TaskID)
        /// Reminds again, ``Limits/mailedSnooze`` later.
        case snooze(ReminderID)
    }

    public let userID: UserID
    /// The notification that the mail was about: a link of it works once for each act.
    public let notificationID: NotificationID
    public let act: Act

    public init(userID: UserID, notificationID: NotificationID, act: Act) {
        self.userID = userID
        self.notificationID = notificationID
        self.act = act
    }

    public var json: JSONValue {
        let (name, id): (String, String) =
            switch act {
            case .done(let id): ("done", id.description)
            case .snooze(let id): ("snooze", id.description)
            }
        return [
            "u": .string(userID.description), "n": .string(notificationID.description), "a": .string(name),
            "i": .string(id),
        ]
    }

    /// Reads ``json``; nil for anything else.
    public init?(_ json: JSONValue) {
        func text(_ name: String) -> String? { json[name]?.string }
        guard let user = text("u").flatMap({ UserID($0) }), let told = text("n").flatMap({ NotificationID($0) }),
            let id = text("i")
        else { return nil }
        switch text("a") {
        case "done":
            guard let task = TaskID(id) else { return nil }
            act = .done(task)
        case "snooze":
            guard let reminder = ReminderID(id) else { return nil }
            act = .snooze(reminder)
        default: return nil
        }
        userID = user
        notificationID = told
    }

    /// By which it is remembered that it was done.
    var mark: EventID {
        if case .done = act {
            EventID(.derived(from: notificationID.value, 11))
        } else {
            EventID(.derived(from: notificationID.value, 12))
        }
    }
}
