import SQLStore
import Synchronization

/// Tells of a database that cannot be reached once, not with every call that fails because of it.
final class PostgresOutage: Sendable {
    private let isOut = Mutex(false)
    private let made = Atomic(0)
    private let report: @Sendable (SQLError) -> Void

    init(report: @escaping @Sendable (SQLError) -> Void) {
        self.report = report
    }

    /// Tells of a failure; of a database that cannot be reached, once until ``ended()``.
    func failed(_ error: SQLError) {
        let isNews = isOut.withLock { isOut in
            guard error.kind == .unreachable else { return true }
            defer { isOut = true }
            return !isOut
        }
        if isNews { report(error) }
    }

    /// How many connections were made so far.
    var connectionsMade: Int { made.load(ordering: .acquiring) }

    /// A connection was made.
    func ended() {
        made.add(1, ordering: .acquiringAndReleasing)
        isOut.withLock { $0 = false }
    }
}
