public import CivilTime
public import ErrandCore

/// A due date as it is written on the command line.
public enum DueArgument: Hashable, Sendable {
    case due(Due)
    case instant(Instant)

    /// Why an argument is no due date: a sentence.
    public struct Failure: Error, Equatable, Sendable {
        public let sentence: String
    }

    /// Reads `2026-11-30`, `2026-11-30T18:00` (or with a space or seconds), or an instant with offset such as
    /// `2026-11-30T18:00:00Z`.
    ///
    /// - Parameter zone: The zone of the time; without it, the time holds wherever the user is.
    public init(_ text: String, zone: String?) throws(Failure) {
        let place = try zone.map { (identifier) throws(Failure) in
            guard let zone = Zone(identifier: identifier) else {
                throw Failure(sentence: "The zone must be an IANA name such as Europe/Paris, or UTC.")
            }
            return zone
        }
        if let date = LocalDate(text) {
            guard place == nil else {
                throw Failure(sentence: "A date without a time has no zone: add a time, as in \(text)T18:00.")
            }
            self = .due(.date(date))
        } else if let instant = Instant(text) {
            guard place == nil else {
                throw Failure(sentence: "A time with an offset needs no zone: leave one of them out.")
            }
            self = .instant(instant)
        } else if let (date, time) = DueArgument.dateTime(text) {
            self = .due(place.map { .zoned(date, time, $0) } ?? .floating(date, time))
        } else {
            throw Failure(sentence: "The due date must look like 2026-11-30 or 2026-11-30T18:00.")
        }
    }

    /// The member of a task that says so.
    public var member: (name: String, value: JSONValue) {
        switch self {
        case .due(let due): ("due", due.json)
        case .instant(let instant): ("due_date", .string(instant.description))
        }
    }

    private static func dateTime(_ text: String) -> (LocalDate, LocalTime)? {
        let parts = text.split(maxSplits: 1) { "Tt ".contains($0) }
        guard parts.count == 2, let date = LocalDate(String(parts[0])), let time = LocalTime(String(parts[1])) else {
            return nil
        }
        return (date, time)
    }
}
