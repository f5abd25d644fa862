/// A component of an iCalendar text with everything that stands in it, understood or not, in its order.
struct CalendarBlock: Hashable, Sendable {
    enum Part: Hashable, Sendable {
        /// A property by its name in capitals, and its whole line, unfolded.
        case line(name: String, text: [UInt8])
        case block(CalendarBlock)
    }

    /// In capitals.
    let name: String
    var parts: [Part] = []

    var blocks: [CalendarBlock] {
        parts.compactMap { if case .block(let block) = $0 { block } else { nil } }
    }

    func has(_ property: String) -> Bool {
        parts.contains { if case .line(property, _) = $0 { true } else { false } }
    }

    func write(to text: inout ContentLineText) {
        text.add("BEGIN", name)
        for part in parts {
            switch part {
            case .line(_, let line): text.add(line: line)
            case .block(let block): block.write(to: &text)
            }
        }
        text.add("END", name)
    }

    /// Components within each other: no format has more than three.
    private static let depthMax = 20

    /// The one component that a text consists of.
    ///
    /// - Throws: where a line is no property, or components do not begin and end as they should.
    static func read(_ text: [UInt8]) throws(TaskFileError) -> CalendarBlock {
        var lines = ContentLineScanner(text)
        var open: [CalendarBlock] = []
        var root: CalendarBlock?
        var last = 1
        while let (bytes, number) = try lines.next() {
            last = number
            guard let line = ContentLine(bytes, line: number) else {
                throw TaskFileError(line: number, column: 1, "This is no property of a calendar.")
            }
            guard root == nil else { throw TaskFileError(line: number, column: 1, "Something follows the calendar.") }
            let value = line.text.trimmed.uppercased()
            if line.name == "BEGIN" {
                guard open.count < depthMax else {
                    throw TaskFileError(line: number, "Too many components lie within each other.")
                }
                open.append(CalendarBlock(name: value))
            } else if line.name == "END" {
                guard let done = open.popLast(), done.name == value else {
                    throw TaskFileError(line: number, "\(value.prefix(40)) cannot end here.")
                }
                if open.isEmpty { root = done } else { open[open.count - 1].parts.append(.block(done)) }
            } else if open.isEmpty {
                throw TaskFileError(line: number, column: 1, "BEGIN:VCALENDAR is missing before this.")
            } else {
                open[open.count - 1].parts.append(.line(name: line.name, text: Array(bytes)))
            }
        }
        if let unended = open.last { throw TaskFileError(line: last, "\(unended.name) begins and never ends.") }
        guard let root else { throw TaskFileError(line: 1, "There is nothing in it.") }
        return root
    }
}
