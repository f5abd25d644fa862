public import ErrandCore

/// Follows the log of a user's space for clients that subscribed to resources.
public struct AgentWatch: Sendable {
    /// Between two looks at the log.
    public static let pause = Duration.milliseconds(500)
    private static let sliceSize = 200

    private let store: any Store
    private let space: SpaceID

    public init(_ store: any Store, for user: UserID) {
        self.store = store
        space = user.personalSpace
    }

    /// Where the log ends now.
    public func end() async throws(ErrandError) -> ChangeNumber {
        try await store.read { [space] (transaction) throws(ErrandError) in
            try transaction.outbox.lastChangeNumber(in: space)
        }
    }

    /// What has changed after `number`, and where the log ends with it.
    public func changes(after number: ChangeNumber) async throws(ErrandError) -> (AgentChanges, ChangeNumber) {
        let (events, last) = try await store.read { [space] (transaction) throws(ErrandError) in
            (
                try transaction.outbox.events(in: space, after: number, limit: AgentWatch.sliceSize),
                try transaction.outbox.lastChangeNumber(in: space)
            )
        }
        if events.isEmpty {
            // What came after is kept no more: anything may have changed.
            return (AgentChanges(isEverything: last > number), last)
        }
        return (AgentChanges(events), events.last?.changeNumber ?? last)
    }
}

/// Which resources are not what they were.
public struct AgentChanges: Sendable {
    private var isEverything: Bool
    private var names: Set<String> = []
    private var touchesTasks = false
    private var touchesAccount = false

    init(isEverything: Bool) {
        self.isEverything = isEverything
    }

    init(_ events: [StoredEvent]) {
        isEverything = false
        for stored in events {
            switch stored.event.subject.kind {
            case .task:
                touchesTasks = true
                names.insert(stored.event.subject.id.description)
                if let number = (try? stored.event.body())?.payload["task_data"]?["number"]?.integer {
                    names.insert(String(number))
                }
            case .account: touchesAccount = true
            default: break
            }
        }
    }

    public var isEmpty: Bool { !isEverything && !touchesTasks && !touchesAccount }

    /// Whether the resource at that address may have changed.
    public func affect(_ uri: String) -> Bool {
        guard let resource = AgentResource(uri) else { return false }
        if isEverything { return true }
        switch resource {
        case .task(let reference): return names.contains(reference.description)
        case .profile: return touchesAccount
        // Days and their ends are of the user's settings.
        case .agenda: return touchesTasks || touchesAccount
        case .openTasks, .tags, .tag: return touchesTasks
        }
    }

    /// Whether changes of a resource can be followed.
    public static func isFollowed(_ uri: String) -> Bool { AgentResource(uri) != nil }
}
