import CivilTime
package import ErrandCore
import TaskLanguage

extension MailContent {
    /// What a person is told, as a mail.
    ///
    /// - Parameter link: where a link leads that does something; nil leaves it out.
    package init(_ message: OutgoingMessage, publicURL: String, link: (MailedAction) -> String?) {
        let words = MessageWording.of(message.language)
        let title = message.type == .reminder ? "\(words.reminder): \(message.title)" : message.title
        self.init(
            language: message.language, subject: title, heading: message.title,
            paragraphs: MailContent.paragraphs(of: message, words)
        )
        lines = message.lines.map { line in
            ("\(line.number)", line.title, line.isOverdue ? words.overdue : MailContent.text(of: line.due) ?? "")
        }
        button = Link(label: words.open, address: publicURL + message.path)
        guard !message.isShort else { return }
        links = message.actions.compactMap { action in
            let (label, act): (String, MailedAction.Act?) =
                switch action {
                case .done: (words.done, message.taskID.map { .done($0) })
                case .snooze: (words.snooze, message.reminderID.map { .snooze($0) })
                case .open: ("", nil)
                }
            guard let act else { return nil }
            let mailed = MailedAction(userID: message.userID, notificationID: message.notificationID, act: act)
            return link(mailed).map { Link(label: label, address: $0) }
        }
    }

    private static func paragraphs(of message: OutgoingMessage, _ words: MessageWording) -> [String] {
        var paragraphs = message.body.split(separator: "\n").map(String.init)
        if message.type == .reminder, let due = text(of: message.due) {
            paragraphs.insert("\(words.due) \(due)", at: 0)
        }
        if message.isLate { paragraphs.append(words.late) }
        return paragraphs
    }

    /// Date and time as entered.
    private static func text(of due: Due?) -> String? {
        switch due {
        case nil: nil
        case .date(let date): date.description
        case .floating(let date, let time): "\(date) \(time)"
        case .zoned(let date, let time, let zone): "\(date) \(time) (\(zone.identifier))"
        }
    }
}

/// The words around what people have written.
struct MessageWording {
    let reminder: String
    let due: String
    let overdue: String
    let late: String
    let done: String
    let snooze: String
    let open: String

    static func of(_ language: Language) -> MessageWording {
        switch language {
        case .english:
            MessageWording(
                reminder: "Reminder", due: "Due", overdue: "overdue", late: "This reminder comes late.", done: "Done",
                snooze: "In an hour", open: "Open in Errand"
            )
        case .german:
            MessageWording(
                reminder: "Erinnerung", due: "Fällig", overdue: "überfällig",
                late: "Diese Erinnerung kommt verspätet.", done: "Erledigt", snooze: "In einer Stunde",
                open: "In Errand öffnen"
            )
        }
    }
}
