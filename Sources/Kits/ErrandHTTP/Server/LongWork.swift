/// Work of milliseconds without waiting for anything, such as writing thousands of calendar entries. It is done on
/// Swift's own threads, where it holds up no other connection; see ``EventLoopTasks``.
public enum LongWork {
    /// Does one piece of such work.
    public static func run<Result: Sendable, Failure: Error>(
        _ work: @Sendable @concurrent () async throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        try await withTaskExecutorPreference(globalConcurrentExecutor) { () throws(Failure) in try await work() }
    }
}
