/// One way to read a piece of a line. Of those that overlap at most one is chosen.
struct Candidate {
    enum Meaning {
        case due(DuePiece)
        case recurrence(RecurrenceMatch)
        /// How often, before other words: "biweekly call with Ben". It only counts beside days that come again.
        case frequency(RecurrenceMatch)
        case reminders([ReminderPiece.Moment])
        case priority(ParsedPriority)
        case tag(String)
        /// A backslash that keeps the next sign from meaning anything.
        case escape
        /// Words about time that nothing is made of; they stay in the title, with a warning.
        case unread(code: String, detail: String)
    }

    /// What there can only be one of in a line.
    struct Slots: OptionSet, Hashable {
        let rawValue: UInt8
        static let date = Slots(rawValue: 1)
        static let time = Slots(rawValue: 2)
        static let rule = Slots(rawValue: 4)
        static let frequency = Slots(rawValue: 8)
    }

    let meaning: Meaning
    /// Tokens.
    let places: Range<Int>
    let slots: Slots
    /// Whether it speaks about time.
    var isAboutTime = true

    /// What it is worth to read these words so: more words are better, fewer pieces are better.
    var weight: Int {
        let pieces = 60
        let doubt: Int
        switch meaning {
        case .frequency: doubt = 30
        case .unread: doubt = 5
        default: doubt = 0
        }
        return places.count * 100 - pieces - doubt
    }
}
