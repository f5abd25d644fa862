/// A line of a Markdown checklist: `- [ ] title`, with `*`, `+` or `1.` as well, `[x]` where it is done.
struct ChecklistItem {
    /// Columns before the mark of the list; a tab has four.
    let indent: Int
    let isDone: Bool
    let text: String

    init?(_ line: ArraySlice<UInt8>) {
        var rest = line
        var indent = 0
        while let byte = rest.first, byte.isBlank {
            indent += byte == .tab ? 4 : 1
            rest.removeFirst()
        }
        let digits = rest.prefix(while: \.isDigit)
        if digits.isEmpty {
            guard let mark = rest.popFirst(), "-*+".utf8.contains(mark) else { return nil }
        } else {
            rest = rest.dropFirst(digits.count)
            guard digits.count <= 9, let mark = rest.popFirst(), ".)".utf8.contains(mark) else { return nil }
        }
        guard rest.popFirst()?.isBlank == true else { return nil }
        rest = rest.drop(while: \.isBlank)
        guard rest.popFirst() == UInt8(ascii: "["), let box = rest.popFirst(), rest.popFirst() == UInt8(ascii: "]"),
            " xX".utf8.contains(box), rest.first?.isBlank ?? true
        else { return nil }
        self.indent = indent
        isDone = box != .space
        text = String(text: rest.trimmed)
    }
}
