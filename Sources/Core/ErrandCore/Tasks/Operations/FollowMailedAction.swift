import CivilTime

/// Does what a link in a reminder's mail is for. Each works once: that it did is remembered in the transaction of its
/// effect, for longer than links are good.
public struct FollowMailedAction: Command {
    /// Under which it is remembered.
    private static let consumer = "mailed-links"

    public let action: MailedAction
    public let requiredScope = Scope.writeTasks

    public init(_ action: MailedAction) {
        self.action = action
    }

    /// Whoever has the link, and nothing but its act.
    public var principal: Principal {
        Principal(userID: action.userID, actor: .mailedLink, scopes: [.writeTasks], via: .page)
    }

    /// - Throws: ``ErrandError/Conflict/linkExpired`` for one that was followed; `notFound` when the task is gone.
    public func execute(in context: CommandContext) throws(ErrandError) -> TodoTask {
        let isFirst = try context.transaction.consumers.enterInbox(
            of: FollowMailedAction.consumer, action.mark, at: context.now)
        guard isFirst else { throw .conflict(.linkExpired) }
        switch action.act {
        case .done(let id): return try CompleteTask(TaskTarget(.id(id))).execute(in: context)
        case .snooze(let id):
            let snooze = SnoozeReminder(id, .until(context.now + Limits.mailedSnooze))
            return try snooze.execute(in: context).task
        }
    }
}
