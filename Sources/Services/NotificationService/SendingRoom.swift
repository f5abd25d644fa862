package import ErrandCore

/// Whom a loop may send to next: so many at once, so many to one host, and no more than half of all to hosts that were
/// slow the last time, however many they are. A value without a clock.
package struct SendingRoom: Sendable {
    /// A send that took longer than this makes its host a slow one, until one is quicker.
    static let slowness = Duration.seconds(2)
    /// Slow hosts that are remembered: each is a name in a query. Beyond that all begin anew.
    static let slowHostsMax = 256

    private let pace: ChannelPace
    private var inFlight: [String: Int] = [:]
    private var slow: Set<String> = []

    package init(_ pace: ChannelPace) {
        self.pace = pace
    }

    package var isEmpty: Bool { inFlight.isEmpty }

    /// How many more may be sent.
    package var free: Int { pace.concurrency - inFlight.values.reduce(0, +) }

    /// Hosts whose turn it is not.
    package var full: Set<String> {
        let busy = Set(inFlight.filter { $0.value >= pace.concurrencyPerHost }.keys)
        return isSlowShareFull ? busy.union(slow) : busy
    }

    /// Where all of a kind goes to one host, half of the room would be nobody's.
    private var isSlowShareFull: Bool {
        guard pace.concurrencyPerHost < pace.concurrency else { return false }
        return slow.reduce(0) { $0 + inFlight[$1, default: 0] } >= max(pace.concurrency / 2, 1)
    }

    /// Takes a place for a send to a host.
    ///
    /// - Returns: whether there was one.
    package mutating func take(_ host: String) -> Bool {
        guard free > 0, inFlight[host, default: 0] < pace.concurrencyPerHost else { return false }
        if isSlowShareFull, slow.contains(host) { return false }
        occupy(host)
        return true
    }

    /// Counts a send to a host that is decided on.
    package mutating func occupy(_ host: String) {
        inFlight[host, default: 0] += 1
    }

    /// Gives a place back.
    package mutating func giveBack(_ host: String) {
        inFlight[host] = inFlight[host].flatMap { $0 > 1 ? $0 - 1 : nil }
    }

    /// Gives a place back after a send that took so long.
    package mutating func giveBack(_ host: String, after duration: Duration) {
        giveBack(host)
        if duration <= SendingRoom.slowness {
            slow.remove(host)
        } else {
            if slow.count >= SendingRoom.slowHostsMax { slow = [] }
            slow.insert(host)
        }
    }
}
