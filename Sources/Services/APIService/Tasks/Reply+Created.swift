import ErrandCore
import HTTPTypes

extension Reply {
    /// A task that was made, or that was there already.
    static func created(_ outcome: CreateTask.Outcome) -> Reply {
        guard outcome.isNew else { return .task(.ok, outcome.task) }
        var reply = Reply.task(.created, outcome.task)
        reply.headers[.location] = "/api/v1/tasks/\(outcome.task.id)"
        return reply
    }

    /// A task made of words, or only how they are read.
    static func created(_ outcome: QuickAddTask.Outcome) -> Reply {
        guard let task = outcome.task else { return .json(outcome.json) }
        var reply = Reply.json(outcome.json, status: .created)
        reply.headers[.location] = "/api/v1/tasks/\(task.id)"
        return reply
    }

    /// A place to be reached at that was added, with what is shown once, or that was there already.
    static func added(_ outcome: AddDestination.Outcome) -> Reply {
        guard outcome.isNew else { return .json(outcome.destination.json) }
        var reply = Reply.json(outcome.destination.newJSON, status: .created)
        reply.headers[.location] =
            "/api/v1/notifications/channels/\(outcome.destination.id)"
        return reply
    }
    /// A filter that was saved.
    static func added(_ filter: SavedFilter) -> Reply {
        var reply = Reply.json(filter.json, status: .created)
        reply.headers[.location] = "/api/v1/filters/\(filter.id)"
        return reply
    }
}
