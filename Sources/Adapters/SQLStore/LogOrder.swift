import ErrandCore

/// Gives events their places in the log, where many transactions commit at a time.
///
/// Numbers of a sequence become visible in the order of commits, so a transaction cannot number its own events: a
/// reader who has come to 8 would never see a 7 that commits later. Events are therefore committed as arrivals, with
/// their change and without waiting for anybody, and are moved into the log right after, under one lock, many at a
/// time. Whoever wrote waits for that: what was acknowledged is in the log.
///
/// Callers share turns. One that comes while a turn runs waits for the next, since the running one may have looked
/// before its commit; the first of them takes it for all.
actor LogOrder {
    private let database: any SQLDatabase
    private let report: @Sendable (SQLError) -> Void
    /// Callers who wait for a turn: true tells one that it is theirs.
    private var waiting: [CheckedContinuation<Bool, Never>] = []
    private var isRunning = false
    private var settled = SettledArrivals()
    /// Connections that had been made when that was learnt.
    private var connections = 0

    /// - Parameter report: is told every failure of a statement.
    init(of database: any SQLDatabase, report: @escaping @Sendable (SQLError) -> Void) {
        self.database = database
        self.report = report
    }

    /// Returns when every event that was committed before has its place; or when the database cannot be asked now,
    /// and it will be given later. Nothing is lost in between.
    func settle() async {
        if isRunning {
            let isNext = await withCheckedContinuation { waiting.append($0) }
            guard isNext else { return }
        }
        isRunning = true
        let served = waiting
        waiting = []
        await turn()
        for caller in served { caller.resume(returning: false) }
        if waiting.isEmpty {
            isRunning = false
        } else {
            waiting.removeFirst().resume(returning: true)
        }
    }

    /// Like ``settle()``, wherever in the table events may wait: also those of processes that have ended in between.
    func settleAll() async {
        settled.forget()
        await settle()
    }

    private func turn() async {
        var isPartial = true
        while isPartial {
            do throws(ErrandError) {
                let (placed, connections) = try await place()
                isPartial = placed?.isPartial == true
                if connections != self.connections { settled.forget() }
                self.connections = connections
                if let placed { settled.note(placed) }
            } catch {
                return
            }
        }
    }

    private func place() async throws(ErrandError) -> (PlacedArrivals?, connections: Int) {
        let (database, report, number, known) = (database, report, settled.number, connections)
        return try await database.writeNext { (connection) throws(ErrandError) in
            // A turn need not be durable: a crash may have brought back what was settled.
            let connections = database.connectionsMade
            let runner = SQLRunner(
                connection: connection, dialect: database.dialect, isWriting: true, report: report
            )
            if let concurrency = runner.concurrency { try runner.send(concurrency.logTurn, []) }
            let placed = try runner.placeSome(after: connections == known ? number : 0)
            try runner.finish()
            return (placed, connections)
        }
    }
}
