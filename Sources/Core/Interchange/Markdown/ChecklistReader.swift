import CivilTime
import Recurrence

/// Reads checklists in Markdown: `- [ ] title #tag !high due:2026-01-31`. What is indented below an item is its
/// description, items within items as well; headings are tags of the items below them.
struct ChecklistReader: TaskFileReader {
    private var scanner: TextLines
    private var pending: Pending?
    private var heading: String?
    private var isInCode = false
    /// The first line that is neither an item nor part of one; told once, at the end.
    private var otherLine: Int?
    private var isAtEnd = false

    /// An item that lines may still follow.
    private struct Pending {
        var builder: EntryBuilder
        let indent: Int
        var lines: [String] = []
    }

    init(_ text: TextFile) { scanner = TextLines(text) }

    mutating func next() throws(TaskFileError) -> ReadEntry? {
        while let line = try scanner.next() {
            let indent = Self.indent(of: line)
            if let parent = pending?.indent, indent > parent || line.trimmed.isEmpty {
                pending?.lines.append(Self.dedented(line, by: parent + 2))
                continue
            }
            if line.trimmed.isEmpty { continue }
            let finished = takePending()
            begin(line)
            if let finished { return finished }
        }
        if let last = takePending() { return last }
        guard !isAtEnd, let otherLine else { return nil }
        isAtEnd = true
        let detail = "Text outside of checklists, from this line on, is left out."
        return ReadEntry(task: nil, notes: [ReadNote(.warning, line: otherLine, detail)])
    }

    private mutating func begin(_ line: ArraySlice<UInt8>) {
        if line.trimmed.starts(with: "```".utf8) { isInCode.toggle() }
        if !isInCode, let item = ChecklistItem(line) {
            var builder = EntryBuilder(line: scanner.line)
            builder.task.isCompleted = item.isDone
            var words = ChecklistWords(item.text)
            words.read(into: &builder)
            if let heading { builder.addTag(heading) }
            pending = Pending(builder: builder, indent: item.indent)
        } else if !isInCode, line.first == UInt8(ascii: "#"), let text = Self.heading(line) {
            heading = text.isEmpty ? nil : text
        } else if otherLine == nil {
            otherLine = scanner.line
        }
    }

    private mutating func takePending() -> ReadEntry? {
        guard var taken = pending else { return nil }
        pending = nil
        while taken.lines.last?.trimmed.isEmpty == true { taken.lines.removeLast() }
        let kept = taken.builder.task.description
        taken.builder.task.description = taken.lines.joined(separator: "\n")
        if !kept.isEmpty { taken.builder.addLine(kept) }
        return taken.builder.entry(titleField: "title")
    }

    private static func indent(of line: ArraySlice<UInt8>) -> Int {
        var indent = 0
        for byte in line {
            guard byte.isBlank else { break }
            indent += byte == .tab ? 4 : 1
        }
        return indent
    }

    /// Without so many columns of blanks, or all that there are.
    private static func dedented(_ line: ArraySlice<UInt8>, by columns: Int) -> String {
        var (rest, taken) = (line, 0)
        while taken < columns, let byte = rest.first, byte.isBlank {
            taken += byte == .tab ? 4 : 1
            rest.removeFirst()
        }
        return String(text: rest)
    }

    /// The text of `## Text`, without marks behind it.
    private static func heading(_ line: ArraySlice<UInt8>) -> String? {
        let marks = line.prefix { $0 == UInt8(ascii: "#") }.count
        let rest = line.dropFirst(marks)
        guard marks <= 6, rest.first?.isBlank ?? true else { return nil }
        var text = rest.trimmed
        while text.last == UInt8(ascii: "#") { text.removeLast() }
        return String(text: text.trimmed)
    }
}
