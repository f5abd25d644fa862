import ErrandCore
import Synchronization

/// A state store shared by all apps of a cluster; keys are the app's own.
final class StateStore: Sendable {
    struct Entry: Hashable, Sendable {
        let value: JSONValue
        let etag: String
    }

    /// A change of one key.
    struct Change: Sendable {
        let key: String
        /// Nil removes it.
        let value: JSONValue?
        let etag: String?
        let isFirstWrite: Bool
    }

    struct Conflict: Error {
        let key: String
        /// The key was to be created, and is there.
        let isCreation: Bool
    }

    private let state = Mutex<(entries: [String: Entry], count: Int)>(([:], 0))

    func entry(_ key: String, of appID: String) -> Entry? {
        state.withLock { $0.entries["\(appID)||\(key)"] }
    }

    /// All of them or none.
    func apply(_ changes: [Change], of appID: String) throws(Conflict) {
        try state.withLock { (state) throws(Conflict) in
            var (entries, count) = state
            for change in changes {
                let key = "\(appID)||\(change.key)"
                // An etag is a condition; without one, first-write only creates.
                if change.etag != nil || change.isFirstWrite, entries[key]?.etag != change.etag {
                    throw Conflict(key: change.key, isCreation: change.etag == nil)
                }
                count += 1
                entries[key] = change.value.map { Entry(value: $0, etag: String(count)) }
            }
            state = (entries, count)
        }
    }
}
