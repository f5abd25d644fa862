import BlockingThreads
import Dispatch
import SQLStore
import Synchronization
import Testing

@Suite struct JobQueueTests {
    /// A job that waits for another must not keep that from a thread that has nothing to do.
    @Test func `a job is taken while another takes long`() async {
        let queue = JobQueue<@Sendable () -> Void>(capacity: 10)
        let threads = (0..<3).map { number in
            BlockingThread(name: "taker-\(number)") {
                while let jobs = queue.take(limit: 1) { jobs.forEach { $0() } }
            }
        }
        let isStuck = Atomic(false)
        for _ in 0..<2_000 where !isStuck.load(ordering: .relaxed) {
            let (second, both) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
            await withCheckedContinuation { done in
                try? queue.add {
                    // Far above what it takes to be woken.
                    if second.wait(timeout: .now() + 20) == .timedOut { isStuck.store(true, ordering: .relaxed) }
                    both.wait()
                    done.resume()
                }
                try? queue.add {
                    second.signal()
                    both.signal()
                }
            }
        }
        let wasStuck = isStuck.load(ordering: .relaxed)
        #expect(!wasStuck)
        queue.close()
        for thread in threads { await thread.join() }
    }

    @Test func `what is next comes before what waits, even where too much does`() throws {
        let queue = JobQueue<Int>(capacity: 2)
        for job in [1, 2] { try queue.add(job) }
        #expect(throws: JobQueue<Int>.Refusal.full) { try queue.add(3) }
        try queue.add(9, isNext: true)
        #expect(queue.take(limit: 1) == [9])
        #expect(queue.take(limit: 5) == [1, 2])
        queue.close()
        #expect(throws: JobQueue<Int>.Refusal.closed) { try queue.add(9, isNext: true) }
        #expect(queue.take(limit: 1) == nil)
    }
}
