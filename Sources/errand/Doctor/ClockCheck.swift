import CivilTime
import ErrandCore
import Foundation
import HTTPCalls
import HTTPTypes
import SQLStore

/// This machine's clock, held against those of others that the installation works with anyway. Nobody else is asked.
struct ClockCheck: HealthCheck {
    /// Reminders promise less than five seconds.
    private static let toleranceMax = Duration.seconds(2)
    /// Tokens of others are not taken, and what is due is not what people see as due.
    private static let failureMin = Duration.seconds(30)

    /// Another clock.
    struct Reference: Sendable {
        /// Whose it is: "the database's".
        let name: String
        /// How far this machine's clock is ahead of it; nil when it says nothing.
        let offset: @Sendable () async -> Duration?
    }

    let name = "clock"
    let references: [Reference]
    /// When the newest change was made that the database holds; nil when there is none.
    let newestChange: @Sendable () async -> Instant?
    let now: @Sendable () -> Instant

    func run() async -> Finding {
        let newest = await newestChange()
        if let newest, newest - now() > ClockCheck.toleranceMax {
            return .failure(
                "The newest change in the database is \(Self.text(newest - now())) ahead of this clock.", Self.advice)
        }
        var worst: (name: String, offset: Duration)?
        for reference in references {
            guard let offset = await reference.offset() else { continue }
            if let known = worst, Self.size(known.offset) >= Self.size(offset) { continue }
            worst = (reference.name, offset)
        }
        guard let worst else {
            return .ok("It is not behind what was written; there is no other clock to hold it against.")
        }
        let side = worst.offset < .zero ? "behind" : "ahead of"
        let found = "It is \(Self.text(worst.offset)) \(side) \(worst.name)."
        return switch Self.size(worst.offset) {
        case ...ClockCheck.toleranceMax: .ok(found)
        case ..<ClockCheck.failureMin: .warning(found, Self.advice)
        default: .failure(found, Self.advice)
        }
    }

    private static let advice = "Have the clocks set by NTP (timedatectl set-ntp true)."

    private static func size(_ duration: Duration) -> Duration { duration < .zero ? .zero - duration : duration }

    private static func text(_ duration: Duration) -> String {
        let milliseconds = size(duration).wholeMilliseconds
        return milliseconds < 10_000 ? "\(milliseconds) ms" : "\(milliseconds / 1_000) s"
    }
}

extension ClockCheck.Reference {
    /// The clock of PostgreSQL's machine. A file has that of this one.
    static func database(_ location: DatabaseLocation, now: @escaping @Sendable () -> Instant) -> Self {
        Self(name: "the database's") {
            try? await location.open(.guest, report: { _ in }) { database in
                try await database.read { (connection) throws(ErrandError) in
                    var theirs: Instant?
                    let before = now()
                    do throws(SQLError) {
                        let sql = "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)"
                        try connection.query(sql, []) { row throws(SQLError) in
                            theirs = Instant(milliseconds: try row.integer())
                        }
                    } catch {
                        throw .unavailable
                    }
                    return theirs.map { middle(before, now()) - $0 }
                }
            }
        }
    }

    /// The clock of a server that the operator has named, by the field `Date` of its answers, of whatever status
    /// (RFC 9110 §6.6.1): whole seconds, so that it says more only of clocks that are off by more than one.
    static func server(_ name: String, _ url: String, now: @escaping @Sendable () -> Instant) -> Self {
        Self(name: name) {
            let calls = HTTPCalls(HTTPCallOptions(reach: .anywhere))
            let before = now()
            let answer = try? await calls.send(HTTPCall(url), upTo: 256 << 10, within: .seconds(5))
            let after = now()
            await calls.close()
            guard let date = answer?.headers[.date].flatMap(HTTPDate.read) else { return nil }
            return middle(before, after) - (date + .milliseconds(500))
        }
    }

    private static func middle(_ before: Instant, _ after: Instant) -> Instant {
        Instant(milliseconds: (before.milliseconds + after.milliseconds) / 2)
    }
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`, the one form that is sent (RFC 9110 §5.6.7).
enum HTTPDate {
    static func read(_ text: String) -> Instant? {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard let match = text.wholeMatch(of: #/\w{3}, (\d{2}) (\w{3}) (\d{4}) (\d{2}:\d{2}:\d{2}) GMT/#),
            let month = months.firstIndex(of: String(match.2))
        else { return nil }
        let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        return Instant("\(match.3)-\(number)-\(match.1)T\(match.4)Z")
    }
}
