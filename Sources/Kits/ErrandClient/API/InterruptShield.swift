import Dispatch
import Foundation
import Synchronization

/// Holds back Ctrl-C while a rotated refresh token is on its way to the disk: between the server's answer and
/// the saved file, an interrupted command would throw away the only valid token.
///
/// The first Ctrl-C takes effect when the shield is lowered, a second one at once.
struct InterruptShield {
    /// What a shell reports for a process ended by SIGINT.
    private static let status: Int32 = 130
    private let source: any DispatchSourceSignal
    private let queue = DispatchQueue(label: "errand.interrupt")

    init() {
        source = DispatchSource.makeSignalSource(signal: SIGINT, queue: queue)
        let counter = Counter()
        source.setEventHandler { [source] in
            if counter.add(Int(source.data)) > 1 { exit(InterruptShield.status) }
        }
        self.counter = counter
        #if canImport(Darwin)
        signal(SIGINT, SIG_IGN)
        #endif
        source.resume()
    }

    private let counter: Counter

    func lower() {
        queue.sync {}
        source.cancel()
        signal(SIGINT, SIG_DFL)
        if counter.add(0) > 0 { exit(InterruptShield.status) }
    }

    private final class Counter: Sendable {
        private let count = Mutex(0)

        func add(_ more: Int) -> Int {
            count.withLock {
                $0 += more
                return $0
            }
        }
    }
}
