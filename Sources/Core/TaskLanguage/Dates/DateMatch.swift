import CivilTime

/// A day that was read, and what was said of its time with it.
struct DateMatch {
    var date: LocalDate
    /// To the minute, where the words give both: "in 2 hours".
    var time: LocalTime?
    /// "tonight", "friday evening".
    var part: Vocabulary.Part?
    var zone: Zone?
    var warning: ParsedWarning?

    init(_ date: LocalDate, time: LocalTime? = nil, part: Vocabulary.Part? = nil) {
        (self.date, self.time, self.part) = (date, time, part)
    }
}
