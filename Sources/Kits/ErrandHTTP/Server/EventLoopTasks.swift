public import HummingbirdCore
public import Logging
public import NIOCore

/// Connections whose tasks run on the thread that reads and writes them.
///
/// By itself a task of Swift runs on threads of its own: each request is handed to one of them and its answer back, and
/// the system has to wake two threads for that. Work that takes long is to go there all the same, since a thread of
/// connections serves many: see ``LongWork``.
public struct EventLoopTasks<Base: ServerChildChannel>: ServerChildChannel {
    private let base: Base

    public init(_ base: Base) { self.base = base }

    public func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Base.Value> {
        base.setup(channel: channel, logger: logger)
    }

    public func handle(value: Base.Value, logger: Logger) async {
        await withTaskExecutorPreference(EventLoopExecutor(value.channel.eventLoop)) {
            await base.handle(value: value, logger: logger)
        }
    }
}

/// Runs tasks on an event loop.
private final class EventLoopExecutor: TaskExecutor {
    private let loop: any EventLoop

    init(_ loop: any EventLoop) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) {
        let (job, executor) = (UnownedJob(job), asUnownedTaskExecutor())
        loop.execute { job.runSynchronously(on: executor) }
    }
}
