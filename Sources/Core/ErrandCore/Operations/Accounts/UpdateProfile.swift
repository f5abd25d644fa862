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
        try context.transaction.accounts.update(user)
        if before.settings.zone != user.settings.zone || before.settings.dayEnd != user.settings.dayEnd {
            try moveDueDates(to: user.settings, in: context)
        }
        return user
    }

    /// The tasks keep their version: what the user entered has not changed, only where it falls.
    private func moveDueDates(to settings: UserSettings, in context: CommandContext) throws(ErrandError) {
        let slice = 500
        var number: Int64 = 0
        while true {
            let tasks = try context.transaction.tasks.followingUser(context.owner, after: number, limit: slice)
            for var task in tasks {
                task.dueSpan = task.due?.span(for: settings)
                try context.transaction.tasks.update(task)
            }
            guard tasks.count == slice, let last = tasks.last else { return }
            number = last.number
        }
    }
}

/// The account with its settings.
public struct ReadProfile: Query {
    public let requiredScope = Scope.readAccount

    public init() {}

    public func answer(in context: QueryContext) throws(ErrandError) -> User {
        try context.user()
    }
}
