import ErrandClient
import Testing

/// Typing on a terminal that shows what it is told to.
@Suite struct LineEditorTests {
    /// One row of a terminal.
    private struct Row {
        var cells: [String] = []
        var column = 0

        /// Obeys what an editor draws: return, erase to the end of the line, go right.
        mutating func obey(_ drawing: String) {
            var rest = Array(drawing)[...]
            while let next = rest.popFirst() {
                if next == "\r" {
                    column = 0
                } else if next == "\u{1B}" {
                    _ = rest.popFirst()
                    let digits = String(rest.prefix { $0.isNumber })
                    rest = rest.dropFirst(digits.count)
                    switch rest.popFirst() {
                    case "K": cells.removeSubrange(min(column, cells.count)...)
                    case "C": column += Int(digits) ?? 1
                    default: Issue.record("unknown: \(drawing.debugDescription)")
                    }
                } else {
                    let width = DisplayWidth.of(next)
                    while cells.count < column + width { cells.append(" ") }
                    cells[column] = String(next)
                    if width == 2 { cells[column + 1] = "" }
                    column += width
                }
            }
        }

        var text: String { cells.joined() }
    }

    private struct Typing {
        var editor = LineEditor()
        var row = Row()
        var events: [LineEditor.Event] = []
        var width = 40

        mutating func type(_ keys: String) {
            for byte in keys.utf8 {
                let event = editor.read(byte)
                if event != .edited { events.append(event) }
                row.obey(editor.drawing(behind: "> ", width: width))
            }
        }
    }

    @Test(
        arguments: [
            ("milk", "> milk", 6), ("milk\u{1}a ", "> a milk", 4), ("milk\u{1B}[D\u{1B}[Dx", "> mixlk", 5),
            ("buy milk\u{17}bread", "> buy bread", 11), ("buy milk\u{15}x", "> x", 3), ("milk\u{7F}\u{8}", "> mi", 4),
            ("milk\u{1}\u{4}", "> ilk", 2), ("milk\u{1}\u{6}\u{B}", "> m", 3), ("milk\u{1B}[H\u{1B}[3~", "> ilk", 2),
            ("a b c\u{1B}[1;5D\u{1B}[1;5DX", "> a Xb c", 5), ("milk\u{1}\u{5}!", "> milk!", 7),
            ("Käse 漢字", "> Käse 漢字", 11), ("漢字\u{2}x", "> 漢x字", 5), ("漢字\u{7F}", "> 漢", 4),
            ("e\u{301}\u{7F}", "> ", 2), ("👩‍👩‍👧x\u{2}\u{7F}", "> x", 2), ("a\u{9}b\u{1B}[99zc", "> abc", 5),
        ])
    func `keys do what they do everywhere`(_ keys: String, _ shown: String, _ column: Int) {
        var typing = Typing()
        typing.type(keys)
        #expect(typing.row.text == shown)
        #expect(typing.row.column == column)
    }

    @Test func `lines come with return, and come back with the arrows`() {
        var typing = Typing()
        typing.type("one\rtwo\r")
        #expect(typing.events == [.line("one"), .line("two")])
        typing.type("thr\u{1B}[A\u{1B}[A")
        #expect(typing.row.text == "> one")
        typing.type("\u{1B}[A\u{1B}[B\u{1B}[B")
        #expect(typing.row.text == "> thr")
        typing.type("ee\n\u{10}\u{10}\u{10}!\r")
        #expect(typing.events.suffix(2) == [.line("three"), .line("one!")])
        typing.type("  \rx\rx\r\u{10}\u{10}")
        #expect(typing.row.text == "> one!")
    }

    @Test func `Ctrl-C drops the line, Ctrl-D ends on an empty one`() {
        var typing = Typing()
        typing.type("milk\u{3}")
        #expect(typing.row.text == "> ")
        typing.type("x\u{4}\u{7F}\u{4}")
        #expect(typing.events == [.interrupted, .ended])
    }

    @Test func `a long line moves sideways, and the cursor stays to be seen`() {
        var typing = Typing()
        typing.width = 10
        typing.type("abcdefghijk")
        #expect(typing.row.text == "> efghijk" && typing.row.column == 9)
        typing.type("\u{1}")
        #expect(typing.row.text == "> abcdefg" && typing.row.column == 2)
        typing.width = 1
        typing.type("漢字漢字\u{5}\u{1}")
    }

    @Test func `bytes that are no text, and far too many, do no harm`() {
        var editor = LineEditor()
        for byte in UInt8.min...UInt8.max where byte != 3 && byte != 4 { _ = editor.read(byte) }
        _ = editor.read(13)
        for byte: UInt8 in [0xE6, 0xBC, 0x61, 0xF0, 0x9F, 0xC3, 0xA4, 0xED, 0xA0, 0x80] { _ = editor.read(byte) }
        #expect(editor.read(13) == .line("aä"))
        for _ in 0..<LineEditor.lengthMax + 100 { _ = editor.read(0x78) }
        #expect(editor.read(13) == .line(String(repeating: "x", count: LineEditor.lengthMax)))
    }
}
