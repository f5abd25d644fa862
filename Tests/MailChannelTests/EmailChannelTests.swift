import CivilTime
import ErrandCore
import MailChannel
import TaskLanguage
import Testing

@Suite struct EmailChannelTests {
    private func message(_ title: String, _ type: NotificationType = .reminder) throws -> OutgoingMessage {
        var message = OutgoingMessage(
            notificationID: try #require(NotificationID("0198f2d4-6c1e-7a3b-9c55-3f0a4b1d2e01")),
            userID: try #require(UserID("0198f2d4-6c1e-7a3b-9c55-3f0a4b1d2e02")), userName: "Ana", type: type,
            title: title, body: "", path: "/#/today", remindAt: Instant(seconds: 1_768_471_205), language: .german,
            zone: .utc, topicKey: "key", timeToLive: .hours(1), urgency: .high
        )
        message.taskID = TaskID("0198f2d4-6c1e-7a3b-9c55-3f0a4b1d2e03")
        message.reminderID = ReminderID("0198f2d4-6c1e-7a3b-9c55-3f0a4b1d2e04")
        message.actions = [.done, .snooze, .open]
        return message
    }

    private func content(_ message: OutgoingMessage) -> MailContent {
        MailContent(message, publicURL: "https://errand.example.com") { action in
            if case .done = action.act { "https://errand.example.com/d" } else { "https://errand.example.com/s" }
        }
    }

    @Test func `a reminder leads to what can be done about it`() throws {
        let templates = try MailTemplates()
        let content = content(try message("<b>Blumen</b> & Beete"))
        let (text, html) = (content.text(templates), content.html(templates))
        #expect(content.subject == "Erinnerung: <b>Blumen</b> & Beete")
        #expect(html.contains("&lt;b&gt;Blumen&lt;/b&gt; &amp; Beete") && !html.contains("<b>Blumen"))
        #expect(text.contains("<b>Blumen</b> & Beete"))
        for address in [
            "https://errand.example.com/d", "https://errand.example.com/s", "https://errand.example.com/#/today",
        ] {
            #expect(text.contains(address) && html.contains("href=\"\(address)\""))
        }
    }

    @Test func `a digest lists its tasks, hostile titles and all`() throws {
        var digest = try message("3 Aufgaben", .digest)
        digest.actions = [.open]
        digest.lines = try ["Milch", "<script>alert(1)</script>", String(repeating: "x", count: 500)].map { title in
            OutgoingMessage.Line(
                taskID: try #require(digest.taskID), number: 7, title: title, due: nil, isOverdue: true)
        }
        let templates = try MailTemplates()
        let content = content(digest)
        #expect(content.html(templates).contains("&lt;script&gt;") && !content.html(templates).contains("<script"))
        #expect(content.text(templates).contains("7 Milch überfällig"))
    }

    @Test func `nobody's mailbox is filled`() {
        let pace = RecipientPace()
        let start = Instant(seconds: 1_768_471_205)
        for number in 0..<RecipientPace.mailsMax {
            #expect(pace.wait(for: "a", at: start) == nil)
            pace.count("a", at: start + .seconds(Int64(number)))
        }
        #expect(pace.wait(for: "a", at: start + .minutes(30)) == .minutes(30))
        #expect(pace.wait(for: "b", at: start + .minutes(30)) == nil)
        #expect(pace.wait(for: "a", at: start + .hours(1) + .seconds(1)) == nil)
    }
}
