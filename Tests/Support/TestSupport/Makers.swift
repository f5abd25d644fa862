public import CivilTime
public import ErrandCore

extension Instant {
    /// 2026-01-15T10:00:00Z: where tests take place unless they say otherwise.
    public static let testStart = Instant(seconds: 1_768_471_200)
}

extension ID {
    /// A new id. Ids of one test need not be the same in its next run.
    public static func make(at instant: Instant = .testStart) -> ID {
        var generator = SystemRandomNumberGenerator()
        return ID(UniqueID.version7(at: instant, using: &generator))
    }
}

extension TodoTask {
    /// Whose space it is in, where that is a personal one.
    public var owner: UserID { UserID(spaceID.value) }

    /// A task with only what a test is about set.
    public static func make(
        id: TaskID = .make(), owner: UserID, number: Int64 = 1, title: String = "Buy milk", description: String = "",
        priority: Priority = .standard, tags: [String] = [], due: Due? = nil,
        settings: UserSettings = .standard(in: .utc), completedAt: Instant? = nil, deletedAt: Instant? = nil,
        version: Int64 = 1, createdAt: Instant = .testStart, updatedAt: Instant = .testStart
    ) -> TodoTask {
        TodoTask(
            id: id, spaceID: owner.personalSpace, number: number, title: title, description: description,
            priority: priority,
            tags: tags.map(Tag.init(name:)), due: due, dueSpan: due?.span(for: settings), completedAt: completedAt,
            deletedAt: deletedAt, version: version, createdAt: createdAt, updatedAt: updatedAt
        )
    }

    /// The same task with other derived values, as operations leave it behind.
    public func with(version: Int64, updatedAt: Instant, settings: UserSettings = .standard(in: .utc)) -> TodoTask {
        TodoTask(
            id: id, spaceID: spaceID, number: number, title: title, description: description, priority: priority,
            tags: tags, due: due, dueSpan: due?.span(for: settings), completedAt: completedAt, deletedAt: deletedAt,
            version: version, createdAt: createdAt, updatedAt: updatedAt
        )
    }
}

extension User {
    public static func make(
        id: UserID = .make(), email: String? = nil, name: String = "Ana",
        settings: UserSettings = .standard(in: .utc), createdAt: Instant = .testStart
    ) -> User {
        User(
            id: id, email: email ?? "\(id)@example.org", name: name, settings: settings, createdAt: createdAt
        )
    }
}

extension Session {
    public static func make(
        id: SessionID = .make(), user: UserID, generation: Int64 = 1, rotatedAt: Instant = .testStart,
        createdAt: Instant = .testStart, revokedAt: Instant? = nil
    ) -> Session {
        Session(
            id: id, userID: user, generation: generation, rotatedAt: rotatedAt, createdAt: createdAt,
            revokedAt: revokedAt
        )
    }
}

extension PersonalToken {
    public static func make(
        id: TokenID = .make(), user: UserID, name: String = "backup", scopes: Set<Scope> = [.readTasks],
        createdAt: Instant = .testStart, expiresAt: Instant? = nil, lastUsedAt: Instant? = nil
    ) -> PersonalToken {
        PersonalToken(
            id: id, userID: user, name: name, scopes: scopes, createdAt: createdAt, expiresAt: expiresAt,
            lastUsedAt: lastUsedAt
        )
    }
}

extension CalendarFeed {
    public static func make(
        id: FeedID = .make(), owner: UserID, name: String = "Home", filter: String? = nil, form: Form = .events,
        includesCompleted: Bool = false, createdAt: Instant = .testStart, lastReadAt: Instant? = nil
    ) -> CalendarFeed {
        CalendarFeed(
            id: id, ownerID: owner, name: name, filter: filter, form: form, includesCompleted: includesCompleted,
            createdAt: createdAt, lastReadAt: lastReadAt
        )
    }
}

extension TaskEvent {
    public static func make(
        id: EventID = .make(), kind: Kind = .created, task: TodoTask, number: ChangeNumber,
        changes: TaskChanges? = nil,
        at instant: Instant? = nil, correlation: Correlation = .none
    ) -> TaskEvent {
        TaskEvent(
            id: id, kind: kind, space: task.spaceID, userID: task.owner, changeNumber: number,
            occurredAt: instant ?? task.updatedAt, task: task, changes: changes ?? .between(task, and: task),
            actor: Principal.Actor.session(.make()).json(via: .api), correlation: correlation
        )
    }
}

extension Event {
    /// An event about a task; unless the test says otherwise its data are none.
    public static func make(
        id: EventID = .make(), type: EventType = .taskUpdated, task: TaskID = .make(), user: UserID,
        correlation: Correlation = .none, data: String = "{}"
    ) -> Event {
        Event(
            id: id, type: type, space: user.personalSpace, subject: .task(task), userID: user, occurredAt: .testStart,
            correlation: correlation, data: data
        )
    }
}

/// Tests write numbers and names as they are.
extension ChangeNumber: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: Int64) { self.init(value) }
}

extension EventType: ExpressibleByStringLiteral {
    public init(stringLiteral name: String) { self.init(name) }
}

extension ConversationAppend {
    /// What opens a conversation: a message and its answer.
    public static func make(
        of owner: UserID, _ text: String = "Buy milk", toolCalls: [JSONValue] = [], to id: ConversationID = .make(),
        at instant: Instant = .testStart
    ) throws(ErrandError) -> ConversationAppend {
        try ConversationAppend(
            id: .make(), to: id, of: owner, opens: true,
            turns: [
                ConversationTurn(.user, text, at: instant),
                ConversationTurn(.assistant, "Done.", toolCalls: toolCalls, at: instant),
            ]
        )
    }
}
