public import CivilTime
public import ErrandCore
public import Logging

/// ``ConversationStore`` in a state store of the sidecar.
///
/// There are two keys: a conversation with its turns, and for each user an index of their conversations. They are no
/// transaction, so the index is written before a conversation is made or changed, and after one is removed. Whatever
/// ends in between leaves an index that names too much: lists look each conversation up, pass over what is not there,
/// and mend the index. No conversation is ever there without being listed, out of its owner's reach.
///
/// Every write depends on the entity tag of what was read, and is made again on what is there by then. An append that
/// is sent again, since its answer was lost, is known by its id.
public struct DaprConversationStore: ConversationStore {
    /// How often a change is made again when others are faster: more than appends can come at once.
    private static let attemptsMax = 50
    /// How often calls are made that fail for reasons that may pass.
    private static let callsMax = 3
    private static let callPause = Duration.milliseconds(50)
    /// Conversations that are read at once for a list; each may have a megabyte.
    private static let portion = 8
    /// From then on, a place in the index that does not agree with its conversation is no append under way.
    private static let agreement = Duration.minutes(1)

    private let sidecar: Sidecar
    private let store: String
    private let now: @Sendable () -> Instant
    private let complaints: Complaints

    public init(
        sidecar: Sidecar, configuration: SidecarConfiguration, now: @escaping @Sendable () -> Instant, logger: Logger
    ) {
        self.sidecar = sidecar
        store = configuration.stateStoreName
        self.now = now
        complaints = Complaints(logger: logger, now: now)
    }

    public func transcript(_ id: ConversationID, of owner: UserID) async throws(ErrandError) -> Transcript {
        let kept = try await calling { () throws(SidecarError) in
            try await sidecar.state(KeptConversation.key(of: id), in: store).map(\.value)
        }
        guard let kept = try readable(kept), isThere(kept, for: owner, at: now()) else {
            throw .notFound(.conversation)
        }
        return kept.transcript
    }

    public func append(_ append: ConversationAppend) async throws(ErrandError) -> Conversation {
        let now = now()
        let added = try await calling { () throws(SidecarError) in try await add(append, at: now) }
        guard let added else { throw .notFound(.conversation) }
        await drop(added.surplus, of: append.ownerID)
        return added.conversation
    }

    public func delete(_ id: ConversationID, of owner: UserID) async throws(ErrandError) {
        let isGone = try await calling { () throws(SidecarError) in try await remove(id, of: owner) }
        if !isGone { throw .notFound(.conversation) }
    }

    public func page(
        of owner: UserID, after place: ConversationPlace?, limit: Int
    ) async throws(ErrandError) -> ConversationPage {
        let now = now()
        let found = try await calling { () throws(SidecarError) in
            try await list(of: owner, after: place, count: limit + 1, at: now)
        }
        await mend(found.wrong, in: owner)
        let page = found.listed.prefix(limit)
        return ConversationPage(
            conversations: page.map(\.conversation), end: found.listed.count > limit ? page.last?.place : nil
        )
    }

    // MARK: - Changes

    /// What came of an append.
    private struct Added {
        let conversation: Conversation
        /// Conversations that the user has too many.
        let surplus: [ConversationPlace]
    }

    /// - Returns: nil when the conversation is another user's, or is not there and may not be made.
    private func add(_ append: ConversationAppend, at now: Instant) async throws(SidecarError) -> Added? {
        let (key, owner) = (KeptConversation.key(of: append.conversationID), append.ownerID)
        // Before anything is written: what cannot be is not to enter the index.
        let before = try await sidecar.state(key, in: store).map { state throws(SidecarError) in
            try KeptConversation(state.value)
        }
        if let before, !before.belongs(to: owner) { return nil }
        let isThere = before.map { self.isThere($0, for: owner, at: now) } ?? false
        guard isThere || append.opens else { return nil }
        if let before, isThere, before.contains(append.id) {
            return Added(conversation: before.conversation, surplus: [])
        }
        let surplus = try await enter(append.conversationID, of: owner, at: now)
        let written = try await sidecar.updateState(
            key, in: store, lifetime: Limits.conversationLifetime, attemptsMax: Self.attemptsMax
        ) { value throws(SidecarError) in
            var present = try value.map { value throws(SidecarError) in try KeptConversation(value) }
            if let found = present {
                guard found.belongs(to: owner), !found.contains(append.id) else { return .keep }
                if !self.isThere(found, for: owner, at: now) { present = nil }
            }
            return KeptConversation(adding: append, to: present, at: now).map { .write($0.json) } ?? .keep
        }
        guard let written else { return nil }
        let kept = try KeptConversation(written)
        return kept.belongs(to: owner) ? Added(conversation: kept.conversation, surplus: surplus) : nil
    }

    /// - Returns: what is too many by now.
    private func enter(
        _ id: ConversationID, of owner: UserID, at now: Instant
    ) async throws(SidecarError) -> [ConversationPlace] {
        var surplus: [ConversationPlace] = []
        try await sidecar.updateState(
            ConversationIndex.key(of: owner), in: store, lifetime: Limits.conversationLifetime,
            attemptsMax: Self.attemptsMax
        ) { value throws(SidecarError) in
            var index = try ConversationIndex(value)
            surplus = index.enter(id, at: now)
            return .write(index.json)
        }
        return surplus
    }

    /// Removes conversations that are too many, unless they have been used since. The next that is opened tries
    /// again, should it fail.
    private func drop(_ surplus: [ConversationPlace], of owner: UserID) async {
        do throws(SidecarError) {
            for place in surplus {
                let left = try await sidecar.updateState(KeptConversation.key(of: place.id), in: store) {
                    value throws(SidecarError) in
                    guard let value else { return .keep }
                    let kept = try KeptConversation(value)
                    return kept.belongs(to: owner) && kept.conversation.updatedAt <= place.updatedAt ? .remove : .keep
                }
                if left == nil { try await updateIndex(of: owner) { $0.replace([place: nil]) } }
            }
        } catch {
            complain(of: error)
        }
    }

    /// - Returns: false when it is another user's.
    private func remove(_ id: ConversationID, of owner: UserID) async throws(SidecarError) -> Bool {
        let left = try await sidecar.updateState(
            KeptConversation.key(of: id), in: store, attemptsMax: Self.attemptsMax
        ) { value throws(SidecarError) in
            guard let value else { return .keep }
            return try KeptConversation(value).belongs(to: owner) ? .remove : .keep
        }
        guard left == nil else { return false }
        try await updateIndex(of: owner) { $0.remove(id) }
        return true
    }

    private func updateIndex(
        of owner: UserID, _ change: (inout ConversationIndex) -> Bool
    ) async throws(SidecarError) {
        try await sidecar.updateState(
            ConversationIndex.key(of: owner), in: store, lifetime: Limits.conversationLifetime,
            attemptsMax: Self.attemptsMax
        ) { value throws(SidecarError) in
            var index = try ConversationIndex(value)
            return change(&index) ? .write(index.json) : .keep
        }
    }

    // MARK: - Lists

    /// What a look at the index and its conversations came to.
    private struct Found {
        var listed: [(place: ConversationPlace, conversation: Conversation)] = []
        /// Places that do not agree with their conversations, and what would: nil where there is none.
        var wrong: [ConversationPlace: ConversationPlace?] = [:]
    }

    private func list(
        of owner: UserID, after place: ConversationPlace?, count: Int, at now: Instant
    ) async throws(SidecarError) -> Found {
        let index = try ConversationIndex(try await sidecar.state(ConversationIndex.key(of: owner), in: store)?.value)
        var rest = index.places.drop { entry in place.map { entry >= $0 } ?? false }
        var found = Found()
        while found.listed.count < count, !rest.isEmpty {
            let places = rest.prefix(min(Self.portion, count - found.listed.count))
            rest = rest.dropFirst(places.count)
            let states = try await sidecar.states(places.map { KeptConversation.key(of: $0.id) }, in: store)
            for place in places {
                let state = states[KeptConversation.key(of: place.id)]
                let kept = try state.map { state throws(SidecarError) in try KeptConversation(state) }
                let conversation = kept.flatMap { isThere($0, for: owner, at: now) ? $0.conversation : nil }
                if let conversation { found.listed.append((place, conversation)) }
                if conversation?.place != place, now - place.updatedAt >= Self.agreement {
                    found.wrong[place] = .some(conversation?.place)
                }
            }
        }
        return found
    }

    /// Mends the index where it still is as it was seen. Nothing depends on it.
    private func mend(_ wrong: [ConversationPlace: ConversationPlace?], in owner: UserID) async {
        guard !wrong.isEmpty else { return }
        do throws(SidecarError) {
            try await updateIndex(of: owner) { $0.replace(wrong) }
        } catch {
            complain(of: error)
        }
    }

    // MARK: - The border

    private func isThere(_ kept: KeptConversation, for owner: UserID, at now: Instant) -> Bool {
        kept.belongs(to: owner) && kept.conversation.updatedAt >= Conversation.oldestUse(at: now)
    }

    private func readable(_ value: JSONValue?) throws(ErrandError) -> KeptConversation? {
        guard let value else { return nil }
        do throws(SidecarError) {
            return try KeptConversation(value)
        } catch {
            complain(of: error)
            throw .unavailable
        }
    }

    /// Makes calls that may be made again as a whole, and says what is wrong with those that fail.
    private func calling<Value>(_ calls: () async throws(SidecarError) -> Value) async throws(ErrandError) -> Value {
        for attempt in 1... {
            do throws(SidecarError) {
                return try await calls()
            } catch {
                guard attempt < Self.callsMax, error.mayPass else {
                    if error == .cancelled { throw .cancelled }
                    complain(of: error)
                    throw .unavailable
                }
            }
            do { try await Task.sleep(for: Self.callPause * attempt) } catch { throw .cancelled }
        }
        throw .unavailable
    }

    private func complain(of error: SidecarError) {
        complaints.log(
            error.isConfigurationFault ? .error : .warning, "The state store of conversations cannot be used",
            ["store": .string(store), "error": .string(error.description)]
        )
    }
}
