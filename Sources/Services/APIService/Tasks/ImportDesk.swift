package import ErrandCore
import Synchronization

/// Who has a file read. A file is held in memory for as long as it comes in and is read, so few are at a time, and one
/// of a person: nobody who sends slowly keeps all others away.
package final class ImportDesk: Sendable {
    /// Files of ``Limits/importBytesMax`` at a time.
    package static let capacity = 4

    private let people = Mutex<Set<UserID>>([])

    package init() {}

    /// - Returns: false where the person has a file read already, or all places are taken.
    package func enter(_ person: UserID) -> Bool {
        people.withLock { people in
            people.count < ImportDesk.capacity && people.insert(person).inserted
        }
    }

    package func leave(_ person: UserID) {
        people.withLock { _ = $0.remove(person) }
    }
}
