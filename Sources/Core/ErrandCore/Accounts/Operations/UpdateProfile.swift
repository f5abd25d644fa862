import CivilTime

/// Changes the account's settings and, in the same transaction, the instants of all due dates that follow them.
public struct UpdateProfile: Command {
    public let edit: ProfileEdit
    public let requiredScope = Scope.writeAccount

    public init(_ edit: ProfileEdit) {
        self.edit = edit
    }

    public func execute(in context: CommandContext) throws(ErrandError) -> User {
        let before = try context.user()
        var user = before
        user.name = edit.name ?? user.name
        user.settings.zone = edit.zone ?? user.settings.zone
        user.settings.dayEnd = edit.dayEnd ?? user.settings.dayEnd
        user.settings.allDayReminderTime = edit.allDayReminderTime ?? user.settings.allDayReminderTime
        user.settings.weekStart = edit.weekStart ?? user.settings.weekStart
        user.settings.quietHours = edit.quietHours.applied(to: before.settings.quietHours)
        user.settings.notifications =
            edit.notifications?.applied(to: before.settings.notifications) ?? before.settings.notifications
        user.settings.digestAt = edit.digestAt.applied(to: before.settings.digestAt)
        user.settings.dayParts = edit.dayParts ?? user.settings.dayParts
        user.settings.locale = edit.locale.applied(to: before.settings.locale)
        user.settings.language = edit.language ?? user.settings.language
        user.settings.dayComesFirst = edit.dayComesFirst ?? user.settings.dayComesFirst
        user.settings.interpreterFirst = edit.interpreterFirst ?? user.settings.interpreterFirst
        user.settings.allowsModel = edit.allowsModel ?? user.settings.allowsModel
        try context.transaction.accounts.update(user)
        if before.settings.places(unlike: user.settings) {
            try moveTasks(to: user.settings, in: context)
        }
        if before.settings.digestAt != user.settings.digestAt || before.settings.zone != user.settings.zone {
            let next = user.settings.nextDigest(after: context.now)
            try context.transaction.digests.set(next, for: context.member)
        }
        try record(before.settingsJSON, user.settingsJSON, in: context)
        return user
    }

    private func record(
        _ before: JSONObject, _ after: JSONObject, in context: CommandContext
    ) throws(ErrandError) {
        var changes = JSONObject()
        for member in after.members where before[member.name] != member.value {
            changes.append(member.name, ["from": before[member.name] ?? .null, "to": member.value])
        }
        if changes.members.isEmpty { return }
        try context.record(
            .settingsChanged, about: .account(context.member),
            ["changes": .object(changes), "settings": .object(after)]
        )
    }

    private func moveTasks(to settings: UserSettings, in context: CommandContext) throws(ErrandError) {
        let slice = 500
        var number: Int64 = 0
        while true {
            let tasks = try context.transaction.tasks.followingSettings(in: context.space, after: number, limit: slice)
            for task in tasks { try context.move(task, to: settings) }
            guard tasks.count == slice, let last = tasks.last else { return }
            number = last.number
        }
    }
}

extension UserSettings {
    /// Whether due dates and reminders fall elsewhere than under `other`.
    fileprivate func places(unlike other: UserSettings) -> Bool {
        zone != other.zone || dayEnd != other.dayEnd || allDayReminderTime != other.allDayReminderTime
            || quietHours != other.quietHours
    }
}

/// The account with its settings.
public struct ReadProfile: Query {
    public let requiredScope = Scope.readAccount
    public let isSameForEveryCredential = true

    public init() {}

    public func validator(in context: QueryContext) throws(ErrandError) -> AnswerValidator? {
        try context.transaction.accounts.state(of: context.member).map { AnswerValidator(["profile"] + $0) }
    }

    public func answer(in context: QueryContext) throws(ErrandError) -> User {
        try context.user()
    }
}
