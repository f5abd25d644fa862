import ErrandCore
import SQLStore
import SQLiteDriver
import Synchronization
import TestSupport
import Testing

/// Callers that go away while they wait for the database.
@Suite struct CancelledJobTests {
    /// One whose caller goes away at a certain look.
    private final class Job: DatabaseJob {
        let turn = ""
        private let looks = Mutex(0)
        private let goneAt: Int
        let told = Mutex<[ErrandError?]>([])

        init(goneAt: Int) { self.goneAt = goneAt }

        var isCancelled: Bool {
            looks.withLock { looks in
                looks += 1
                return looks >= goneAt
            }
        }

        func run(on connection: any SQLConnection) -> Bool { true }

        func finish(_ failure: ErrandError?) { told.withLock { $0.append(failure) } }
    }

    @Test func `who goes away before is told so, and who does after the look is not told twice`() {
        let (gone, going, staying) = (Job(goneAt: 1), Job(goneAt: 2), Job(goneAt: 9))
        let jobs: [any DatabaseJob] = [gone, going, staying]
        let wanted = jobs.stillWanted()
        #expect(wanted.map { ObjectIdentifier($0 as AnyObject) } == [going, staying].map { ObjectIdentifier($0) })
        #expect(gone.told.withLock { $0 } == [.cancelled])
        for job in [going, staying] { #expect(job.told.withLock { $0.isEmpty }) }
    }

    /// A continuation that is resumed twice ends the process.
    @Test func `callers that go away at any moment are answered once, and what is answered is there`() async throws {
        try await TestStore.withFile { path in
            try await TestStore.withStore(at: .file(path: path)) { store, _ in
                for round in 0..<40 {
                    let user = User.make()
                    try await store.write { (transaction) throws(ErrandError) in
                        try transaction.accounts.insert(user, passwordHash: nil)
                    }
                    let writers = (0..<100).map { _ in
                        Task { () throws(ErrandError) -> TaskID in
                            let task = TodoTask.make(owner: user.id)
                            try await store.write { (transaction) throws(ErrandError) in
                                try transaction.tasks.insert(task)
                            }
                            return task.id
                        }
                    }
                    for (number, writer) in writers.enumerated() where (number + round).isMultiple(of: 2) {
                        if number.isMultiple(of: 8) { await Task.yield() }
                        writer.cancel()
                    }
                    var made: Set<TaskID> = []
                    for writer in writers {
                        if case .success(let id) = await writer.result { made.insert(id) }
                    }
                    let wanted = made
                    try await store.read { (transaction) throws(ErrandError) in
                        for id in wanted {
                            #expect(try transaction.tasks.find(.id(id), in: user.id.personalSpace) != nil)
                        }
                    }
                }
            }
        }
    }
}
