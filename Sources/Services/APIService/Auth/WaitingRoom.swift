import Synchronization

/// Counts who waits for something scarce and turns away those for whom there is no room.
final class WaitingRoom: Sendable {
    private let capacity: Int
    private let count = Mutex(0)

    init(capacity: Int) {
        self.capacity = capacity
    }

    func enter() -> Bool {
        count.withLock { count in
            guard count < capacity else { return false }
            count += 1
            return true
        }
    }

    func leave() {
        count.withLock { $0 -= 1 }
    }
}
