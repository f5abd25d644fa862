import CivilTime
import ErrandClient
import ErrandCore
import Testing

@Suite struct DisplayTests {
    @Test(arguments: [("abc", 3), ("日本", 4), ("🎉", 2), ("é", 1), ("e\u{301}", 1), ("👩‍👩‍👧‍👦", 2), ("", 0)])
    func `width is what a terminal shows`(_ text: String, _ width: Int) {
        #expect(DisplayWidth.of(text) == width)
    }

    @Test func `text of others cannot command the terminal`() {
        let hostile = "a\u{1B}[31mred\u{7}\u{202E}evil\u{9B}2J"
        let shown = PlainText.line(hostile)
        #expect(shown.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) })
        #expect(!shown.unicodeScalars.contains("\u{202E}"))
    }

    @Test func `a long text is cut to the width there is`() {
        #expect(DisplayWidth.of(DisplayWidth.truncated("日本語の勉強をする", to: 7)) <= 7)
        #expect(DisplayWidth.truncated("short", to: 10) == "short")
    }
}
