/// Puts the task of a calendar object into the trash.
public struct DeleteCalendarEntry: Command {
    public enum Outcome: Hashable, Sendable {
        case deleted, notThere
        /// It is in another state than the program has seen.
        case changed
    }

    public let name: String
    public let condition: CalendarCondition
    public let requiredScope = Scope.writeTasks

    public init(_ name: String, if condition: CalendarCondition = .none) {
        self.name = name
        self.condition = condition
    }

    public func execute(in context: CommandContext) throws(ErrandError) -> Outcome {
        let settings = try context.user().settings
        let entry = try context.transaction.calendarEntry(named: name, in: context.space, settings)
        guard condition.holds(for: entry) else { return .changed }
        guard let entry else { return .notThere }
        _ = try DeleteTask(entry.task.anyVersion).execute(in: context)
        return .deleted
    }
}
