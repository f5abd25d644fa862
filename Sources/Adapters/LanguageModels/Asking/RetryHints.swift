package import CivilTime

/// What a server says in its header about another attempt.
package struct RetryHints: Hashable, Sendable {
    /// `x-should-retry`.
    package var shouldRetry: Bool?
    /// `retry-after-ms`, else `Retry-After`. Nil where neither says a time to come.
    package var delay: Duration?

    package init(shouldRetry: Bool? = nil, delay: Duration? = nil) {
        self.shouldRetry = shouldRetry
        self.delay = delay
    }

    /// - Parameter field: the value of a field by its name in small letters.
    package init(now: Instant, field: (String) -> String?) {
        switch field("x-should-retry") {
        case "true": shouldRetry = true
        case "false": shouldRetry = false
        default: break
        }
        let milliseconds = field("retry-after-ms").flatMap(Double.init)
        let after = field("retry-after")
        let seconds = milliseconds.map { $0 / 1000 } ?? after.flatMap(Double.init)
        // What is longer than a day is as good as never.
        if let seconds, seconds.isFinite {
            delay = seconds > 0 ? .milliseconds(Int64(min(seconds, 86_400) * 1000)) : nil
        } else if let date = after.flatMap(RetryHints.date), date > now {
            delay = .milliseconds(date.milliseconds - now.milliseconds)
        }
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7).
    private static func date(_ text: String) -> Instant? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", let month = months.firstIndex(of: String(parts[2])),
            parts[1].count == 2, parts[3].count == 4
        else { return nil }
        let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        return Instant("\(parts[3])-\(number)-\(parts[1])T\(parts[4])Z")
    }
}
