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
    /// Only with a time elsewhere in the line is it a day: "sat fix tap 10am".
    var needsTime = false
    /// "the 3rd": its number, where no month was said.
    var dayOfMonth: Int?

    init(_ date: LocalDate, time: LocalTime? = nil, part: Vocabulary.Part? = nil) {
        (self.date, self.time, self.part) = (date, time, part)
    }
}
