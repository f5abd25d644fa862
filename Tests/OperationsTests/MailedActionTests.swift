import CivilTime
import ErrandCore
import TestSupport
import Testing

/// What links in the mails of reminders do, once.
@Suite struct MailedActionTests {
    private func follow(_ act: MailedAction.Act, _ told: NotificationID, on stage: Stage) async throws -> TodoTask {
        let command = FollowMailedAction(
            MailedAction(userID: stage.ana.id, notificationID: told, act: act))
        return try await stage.operations.perform(command, as: command.principal).outcome
    }

    @Test func `each link of a reminder works once`() async throws {
        try await Stage.with { stage in
            let json = try await stage.json(
                "tasks.create", ["title": "Milk", "reminders": [["at": "2026-01-15T10:01:00Z"]]])
            try await stage.fireReminders(at: "2026-01-15T10:01:00Z")
            let task = try #require(TaskID(json["id"]?.string ?? ""))
            let reminder = try #require(
                ReminderID(json["reminders"]?.array?.first?["id"]?.string ?? ""))
            let told = NotificationID.make()
            let snoozed = try await follow(.snooze(reminder), told, on: stage)
            #expect(snoozed.reminderAt == Instant("2026-01-15T11:01:00Z"))
            #expect(try await follow(.done(task), told, on: stage).isCompleted)
            _ = try await stage.call("tasks.reopen", ["task_id": json["id"] ?? .null])
            for act in [.snooze(reminder), .done(task)] as [MailedAction.Act] {
                await #expect(throws: ErrandError.conflict(.linkExpired)) {
                    try await follow(act, told, on: stage)
                }
            }
            #expect(try await follow(.done(task), .make(), on: stage).isCompleted, "of another notification")
        }
    }

    @Test func `a link reaches nobody else's task, and says what it is`() async throws {
        try await Stage.with { stage in
            let json = try await stage.json("tasks.create", ["title": "Milk"], as: stage.ben)
            let task = try #require(TaskID(json["id"]?.string ?? ""))
            await #expect(throws: ErrandError.notFound(.task)) {
                try await follow(.done(task), .make(), on: stage)
            }
            let action = MailedAction(userID: stage.ana.id, notificationID: .make(), act: .done(task))
            #expect(MailedAction(action.json) == action)
            #expect(MailedAction(["u": "x"]) == nil && MailedAction(.null) == nil)
        }
    }
}
