import CivilTime
import Metrics
import Synchronization

/// Counts answers and their times by method, route and status. What counts is made once: its name is text that takes
/// longer to make than to count.
final class RequestMetrics: Sendable {
    private struct Kind: Hashable {
        let method: String
        let route: String
        let status: Int
    }

    private struct Instruments {
        let total: Counter
        let seconds: Timer
    }

    /// As many as there are routes, methods and kinds of answers: a request cannot make up any.
    private let known = Mutex<[Kind: Instruments]>([:])

    /// - Parameters:
    ///   - method: one of those that there are.
    ///   - route: the pattern of the route, not what was asked for.
    func record(method: String, route: String, status: Int, _ elapsed: Duration) {
        let kind = Kind(method: method, route: route, status: status)
        let instruments = known.withLock { known in
            if let found = known[kind] { return found }
            let made = RequestMetrics.instruments(of: kind)
            known[kind] = made
            return made
        }
        instruments.total.increment()
        instruments.seconds.record(duration: elapsed)
    }

    private static func instruments(of kind: Kind) -> Instruments {
        let dimensions = [("method", kind.method), ("route", kind.route)]
        return Instruments(
            total: Counter(
                label: "errand_http_requests_total", dimensions: dimensions + [("status", String(kind.status))]),
            seconds: Timer(label: "errand_http_request_seconds", dimensions: dimensions)
        )
    }
}
