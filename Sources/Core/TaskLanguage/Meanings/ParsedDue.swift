public import CivilTime

/// A due date as words give it.
public struct ParsedDue: Hashable, Sendable {
    public var date: LocalDate
    /// Nil for the whole day.
    public var time: LocalTime?
    /// Only where the words name one.
    public var zone: Zone?

    public init(date: LocalDate, time: LocalTime? = nil, zone: Zone? = nil) {
        self.date = date
        self.time = time
        self.zone = zone
    }
}
