package import ErrandCore
import Synchronization

/// Who has a file read. A file takes room on the disk for as long as it comes in and is read, so few are at a time, and
/// one of a person: nobody who sends slowly keeps all others away.
package final class ImportDesk: Sendable {
    /// Files of ``Limits/importBytesMax`` at a time.
    package static let capacity = 4

    private let people = Mutex<Set<UserID>>([])

    package init() {}

    /// A place, for as long as somebody holds it.
    package final class Place: Sendable {
        private let desk: ImportDesk
        private let person: UserID

        fileprivate init(_ person: UserID, at desk: ImportDesk) {
            self.person = person
            self.desk = desk
        }

        deinit { desk.people.withLock { _ = $0.remove(person) } }
    }

    /// - Returns: nil where the person has a file read already, or all places are taken.
    package func place(for person: UserID) -> Place? {
        let isFree = people.withLock { people in
            people.count < ImportDesk.capacity && people.insert(person).inserted
        }
        return isFree ? Place(person, at: self) : nil
    }
}
