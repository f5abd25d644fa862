import SQLStore
import TestSupport

/// A small PostgreSQL of transactions, snapshots, sequences and one lock, in which events get their places in the log
/// as ``LogOrder`` gives them: writers, processes that take turns, readers and crashes, one step after the other, by
/// chance.
struct LogModel {
    /// What could be done wrong; a simulation that does not find it looks at nothing.
    enum Fault: CaseIterable {
        /// Writers number their events themselves, as they add them.
        case numberedByWriters
        /// Turns do not wait for one another.
        case noLock
        /// A process moves what it wrote itself, and nothing else.
        case ownArrivalsOnly
        /// What lies below the last number is taken for settled, whoever is still at work.
        case unheededTransactions
        /// What ends with the transactions that have ended is taken for all that have begun.
        case endedForBegun
        /// What was settled before a crash of the database is taken for settled after it.
        case settledForEver
    }

    struct Arrival: Hashable {
        let number: Int64
        let space: Int
        let change: Int
        let process: Int
    }

    struct Entry: Hashable {
        let sequence: Int64
        let arrival: Arrival
    }

    /// A transaction of somebody who changes a space.
    struct Writer {
        let transaction: Int64
        let space: Int
        let process: Int
        /// Whether it has the space, for which it may have to wait.
        var holds = false
        var added: [Arrival] = []
    }

    /// Where a process is in its turn.
    enum Turn {
        case none
        case moved(PlacedArrivals, [Entry])
    }

    struct Durable {
        var arrivals: [Arrival] = []
        var log: [Entry] = []
        var lastNumber: Int64 = 0
        var lastSequence: Int64 = 0
        var nextTransaction: Int64 = 1
    }

    static let spaces = 3
    static let processes = 2
    static let atOnce = 3

    let fault: Fault?
    var dice: SeededGenerator

    // What is committed.
    var arrivals: [Arrival] = []
    var log: [Entry] = []
    var changes = Array(repeating: 0, count: spaces)
    /// As it would be found after a crash of the database: turns need not be durable.
    var durable = Durable()

    // What is at work.
    var nextTransaction: Int64 = 1
    var lastEnded: Int64 = 0
    var lastNumber: Int64 = 0
    var lastSequence: Int64 = 0
    var writers: [Writer] = []
    var turns = Array(repeating: Turn.none, count: processes)
    var settled = Array(repeating: SettledArrivals(), count: processes)
    var holder: Int?

    // Readers, with the places that they have committed.
    var read: [[Entry]] = [[], []]

    init(seed: UInt64, fault: Fault?) {
        self.fault = fault
        dice = SeededGenerator(seed: seed)
    }

    mutating func any(_ range: Range<Int>) -> Int { Int.random(in: range, using: &dice) }

    /// Something happens.
    mutating func step() {
        switch any(0..<100) {
        case 0..<14: begin()
        case 14..<50: write()
        case 50..<82: turn(any(0..<Self.processes))
        case 82..<96: readSome(any(0..<read.count))
        case 96..<98: crash(any(0..<Self.processes))
        case 98: crashDatabase()
        default: turn(any(0..<Self.processes))
        }
    }

    // MARK: - Writers

    private mutating func begin() {
        guard writers.count < 4 else { return }
        // It has its number before it has the space: it may have written something else.
        let (space, process) = (any(0..<Self.spaces), any(0..<Self.processes))
        writers.append(Writer(transaction: newTransaction(), space: space, process: process))
    }

    mutating func newTransaction() -> Int64 {
        defer { nextTransaction += 1 }
        return nextTransaction
    }

    private mutating func write() {
        guard !writers.isEmpty else { return }
        let index = any(0..<writers.count)
        let writer = writers[index]
        guard writer.holds else {
            if !writers.contains(where: { $0.holds && $0.space == writer.space }) { writers[index].holds = true }
            return
        }
        switch any(0..<10) {
        case 0..<5: add(index)
        case 5: lastEnded = max(lastEnded, writers.remove(at: index).transaction)
        default: commit(index)
        }
    }

    private mutating func add(_ index: Int) {
        let writer = writers[index]
        lastNumber += 1
        writers[index].added.append(
            Arrival(
                number: lastNumber, space: writer.space, change: changes[writer.space] + writer.added.count + 1,
                process: writer.process
            )
        )
    }

    private mutating func commit(_ index: Int) {
        let writer = writers.remove(at: index)
        lastEnded = max(lastEnded, writer.transaction)
        changes[writer.space] += writer.added.count
        if fault == .numberedByWriters {
            log += writer.added.map { Entry(sequence: $0.number, arrival: $0) }
        } else {
            arrivals += writer.added
        }
        makeDurable()
    }

    /// A commit that is waited for takes with it all that came before.
    mutating func makeDurable() {
        durable = Durable(
            arrivals: arrivals, log: log, lastNumber: lastNumber, lastSequence: lastSequence,
            nextTransaction: nextTransaction
        )
    }

    // MARK: - Readers

    private mutating func readSome(_ reader: Int) {
        let place = read[reader].last?.sequence ?? 0
        let waiting = log.filter { $0.sequence > place }.sorted { $0.sequence < $1.sequence }
        read[reader] += waiting.prefix(any(1..<4))
        makeDurable()
    }

    // MARK: - The end

    /// Lets everything come to rest, and tells what is wrong then.
    mutating func finish() -> [String] {
        // Those who wait for a space find it free in the end, and change nothing.
        while !writers.isEmpty { commit(writers.firstIndex { $0.holds } ?? 0) }
        for _ in 0..<arrivals.count + 4 {
            for process in 0..<Self.processes { turn(process) }
        }
        for reader in read.indices {
            for _ in 0..<log.count { readSome(reader) }
        }
        var problems = arrivals.isEmpty ? [] : ["\(arrivals.count) events never got a place"]
        for (reader, entries) in read.enumerated() {
            for space in 0..<Self.spaces {
                let seen = entries.filter { $0.arrival.space == space }.map(\.arrival.change)
                if seen != Array(1..<changes[space] + 1) {
                    problems.append("reader \(reader) saw \(seen) of \(changes[space]) changes of space \(space)")
                }
            }
        }
        return problems
    }
}
