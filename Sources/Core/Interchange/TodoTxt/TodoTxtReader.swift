import CivilTime
import Recurrence

/// Reads todo.txt: a task a line, with `x` where it is done, a priority, dates, `+project`, `@context` and `key:value`.
struct TodoTxtReader: TaskFileReader {
    private var scanner: TextLines

    init(_ text: TextFile) { scanner = TextLines(text) }

    mutating func next() throws(TaskFileError) -> ReadEntry? {
        while let line = try scanner.next() {
            let text = line.trimmed
            if text.isEmpty { continue }
            var reading = TodoTxtLine(text, line: scanner.line)
            reading.read()
            return reading.builder.entry(titleField: "title")
        }
        return nil
    }
}

/// One line of a todo.txt file.
private struct TodoTxtLine {
    private var words: ArraySlice<Substring>
    private(set) var builder: EntryBuilder
    private var rule: Substring?

    init(_ text: ArraySlice<UInt8>, line: Int) {
        words = String(text: text).split { $0 == " " || $0 == "\t" }[...]
        builder = EntryBuilder(line: line)
    }

    mutating func read() {
        readBeginning()
        let whole = words
        // Projects, contexts and values that stand together at an end are no words of the title.
        while let word = words.last, take(word) { words.removeLast() }
        while let word = words.first, word.utf8.first != UInt8(ascii: "#"), Self.tag(word) != nil, take(word) {
            words.removeFirst()
        }
        for word in words {
            if let tag = Self.tag(word) { builder.addTag(tag) }
        }
        if words.isEmpty { words = whole }
        builder.task.title = words.joined(separator: " ")
        builder.task.tags.sort { Self.place(of: $0, in: whole) < Self.place(of: $1, in: whole) }
        readRule()
    }

    private mutating func readBeginning() {
        if words.first == "x" {
            words.removeFirst()
            builder.task.isCompleted = true
        }
        readPriority()
        var dates: [LocalDate] = []
        while dates.count < 2, let word = words.first, let date = LocalDate(String(word)) {
            dates.append(date)
            words.removeFirst()
        }
        // After `x` the first date is when it was done, the second when it was made.
        let isDone = builder.task.isCompleted
        func instant(_ date: LocalDate) -> Instant { Zone.utc.instant(of: date, at: .midnight) }
        if isDone, let first = dates.first { builder.task.completedAt = instant(first) }
        if dates.count == 2 || !isDone, let last = dates.last { builder.task.createdAt = instant(last) }
        readPriority()
    }

    private mutating func readPriority() {
        guard let word = words.first, word.utf8.count == 3, word.hasPrefix("("), word.hasSuffix(")"),
            let priority = Self.priority(word.dropFirst().dropLast())
        else { return }
        builder.task.priority = priority
        words.removeFirst()
    }

    private static func priority(_ letter: Substring) -> PortablePriority? {
        guard let byte = letter.utf8.first, letter.utf8.count == 1, (0x41...0x5A).contains(byte) else { return nil }
        switch byte {
        case UInt8(ascii: "A"): return .urgent
        case UInt8(ascii: "B"): return .high
        case UInt8(ascii: "C"): return .medium
        default: return .low
        }
    }

    private static func tag(_ word: Substring) -> String? {
        guard let first = word.utf8.first, first == UInt8(ascii: "+") || first == UInt8(ascii: "@"),
            word.utf8.count > 1
        else { return nil }
        return String(word.dropFirst())
    }

    private static func place(of tag: String, in words: ArraySlice<Substring>) -> Int {
        words.firstIndex { $0.utf8.count == tag.utf8.count + 1 && $0.hasSuffix(tag) } ?? words.endIndex
    }

    /// Whether a word is no word of the title, and what it says then.
    private mutating func take(_ word: Substring) -> Bool {
        if let tag = Self.tag(word) {
            builder.addTag(tag)
            return true
        }
        let parts = word.split(separator: ":", maxSplits: 1)
        guard parts.count == 2 else { return false }
        switch parts[0] {
        case "due":
            guard builder.task.due == nil else { return false }
            guard let date = DateText(String(parts[1])) else {
                builder.warn("due", "This date cannot be read; it stays in the title.")
                return false
            }
            builder.task.due = date.due(in: nil)
        case "rec", "rrule":
            guard rule == nil else { return false }
            rule = word
        case "t":
            builder.keep("t", String(parts[1]), because: "Tasks have no date before which they are hidden.")
        case "pri":
            guard let priority = Self.priority(parts[1]) else { return false }
            if builder.task.priority == nil { builder.task.priority = priority }
        default: return false
        }
        return true
    }

    /// `rec:+1w` counts from the due date, `rec:1w` from when it was done.
    private mutating func readRule() {
        guard let rule else { return }
        let parts = rule.split(separator: ":", maxSplits: 1)
        let text = String(parts[1])
        guard builder.task.due != nil else {
            builder.keep(String(parts[0]), text, because: "A rule needs a date.")
            return
        }
        if parts[0] == "rrule" {
            let isFromCompletion = text.hasPrefix("!")
            builder.setRule(isFromCompletion ? String(text.dropFirst()) : text, field: "rrule")
            builder.task.recurrence?.countsFromCompletion = isFromCompletion
        } else if let recurrence = TodoTxtRule.recurrence(text) {
            builder.task.recurrence = recurrence
        } else {
            builder.keep("rec", text, because: "This rule cannot be followed.")
        }
    }
}

/// `+1w`: every week after the due date; without the plus, a week after it was done.
enum TodoTxtRule {
    static func recurrence(_ text: String) -> PortableRecurrence? {
        let isStrict = text.hasPrefix("+")
        let rest = isStrict ? text.dropFirst() : text[...]
        guard let unit = rest.last, let number = Int(rest.dropLast()),
            (1...RecurrenceRule.intervalMax).contains(number)
        else { return nil }
        var rule: RecurrenceRule
        switch unit {
        case "d": rule = RecurrenceRule(.daily, interval: number)
        case "w": rule = RecurrenceRule(.weekly, interval: number)
        case "m": rule = RecurrenceRule(.monthly, interval: number)
        case "y": rule = RecurrenceRule(.yearly, interval: number)
        case "b" where number == 1:
            rule = RecurrenceRule(.weekly)
            rule.days = Weekday.allCases.prefix(5).map { RecurrenceRule.Day($0) }
        default: return nil
        }
        return PortableRecurrence(.rule(rule), countsFromCompletion: !isStrict)
    }

    /// - Returns: nil for a rule that is more than a number of units.
    static func text(_ rule: RecurrenceRule) -> String? {
        guard rule == RecurrenceRule(rule.frequency, interval: rule.interval) else { return nil }
        switch rule.frequency {
        case .hourly: return nil
        case .daily: return "\(rule.interval)d"
        case .weekly: return "\(rule.interval)w"
        case .monthly: return "\(rule.interval)m"
        case .yearly: return "\(rule.interval)y"
        }
    }
}
