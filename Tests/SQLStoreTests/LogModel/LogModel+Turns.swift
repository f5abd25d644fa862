import SQLStore

/// Turns of processes, step by step, and what ends them.
extension LogModel {
    mutating func turn(_ process: Int) {
        if fault == .numberedByWriters { return }
        switch turns[process] {
        case .none:
            guard holder == nil || fault == .noLock else { return }
            holder = process
            move(process)
        case .moved(let placed, let entries):
            end(process, placed, entries)
        }
    }

    private mutating func move(_ process: Int) {
        let floor = settled[process].number
        let visible = arrivals.filter {
            $0.number > floor && (fault != .ownArrivalsOnly || $0.process == process) && !isTaken($0)
        }
        let firstAtWork = writers.map(\.transaction).min() ?? nextTransaction
        let entries = visible.sorted { $0.number < $1.number }.prefix(Self.atOnce).map { arrival in
            lastSequence += 1
            return Entry(sequence: lastSequence, arrival: arrival)
        }
        let transaction = fault == .endedForBegun ? lastEnded + 1 : entries.isEmpty ? 0 : newTransaction()
        turns[process] = .moved(
            PlacedArrivals(
                isPartial: entries.count == Self.atOnce, last: entries.last?.arrival.number ?? 0,
                firstAtWork: fault == .unheededTransactions ? .max : firstAtWork, transaction: transaction
            ),
            entries
        )
    }

    /// Whether another turn, which did not wait, has the row: it will be gone.
    private func isTaken(_ arrival: Arrival) -> Bool {
        turns.contains { turn in
            if case .moved(_, let entries) = turn { entries.contains { $0.arrival == arrival } } else { false }
        }
    }

    private mutating func end(_ process: Int, _ placed: PlacedArrivals, _ entries: [Entry]) {
        let moved = Set(entries.map(\.arrival))
        arrivals.removeAll { moved.contains($0) }
        log += entries
        lastEnded = max(lastEnded, placed.transaction)
        release(process)
        settled[process].note(placed)
    }

    private mutating func release(_ process: Int) {
        turns[process] = .none
        if holder == process { holder = nil }
    }

    /// A process ends: what it had not committed never was, and what it knew is forgotten.
    mutating func crash(_ process: Int) {
        release(process)
        writers.removeAll { $0.process == process }
        settled[process] = SettledArrivals()
    }

    /// The database ends: so does every transaction, and turns that nothing durable came after are undone. Processes
    /// go on, and notice it by their connections.
    mutating func crashDatabase() {
        writers = []
        for process in turns.indices {
            release(process)
            if fault != .settledForEver { settled[process].forget() }
        }
        (arrivals, log) = (durable.arrivals, durable.log)
        (lastNumber, lastSequence) = (durable.lastNumber, durable.lastSequence)
        nextTransaction = durable.nextTransaction
    }
}
