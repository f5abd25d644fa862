import ErrandCore

/// Words as the search index of a file holds them: each begins with its space, as `7ps:milk`.
///
/// So the words of a space stand side by side in the index, a search reads them and nobody else's, and no word has more
/// entries than its space has tasks: what FTS5 merges at a time can end between two words that are near each other.
///
/// Before the words of a title stands its first one once more, as `7ps^milk`: what titles begin with is found without
/// looking at all that have the word.
public struct SpaceWords: Sendable {
    /// The name of ``line(of:isTitle:)`` as a function of SQL, of a space, a text and whether it is a title. Every
    /// connection that writes tasks has to know it.
    public static let function = "space_words"
    /// Characters of words besides letters and digits.
    static let marks = ":^"

    private let space: String

    /// - Parameter space: the row of a space.
    public init(space: Int64) { self.space = String(space, radix: 36) }

    /// Words that follow one another, as an expression of FTS5
    /// (<https://www.sqlite.org/fts5.html#full_text_query_syntax>). Words of `SearchWords` are letters, digits and
    /// symbols, so no text can be an operator or a syntax error.
    func expression(for phrase: SearchPhrase) -> String { expression(phrase.words.map(word), phrase.isOpen) }

    /// Words that a title begins with, as an expression of FTS5.
    func opening(_ phrase: SearchPhrase) -> String {
        let words = phrase.words
        return expression(
            words.prefix(1).map { "\(space)^\($0)" } + (words.count > 1 ? words.map(word) : []), phrase.isOpen)
    }

    private func word(_ word: String) -> String { "\(space):\(word)" }

    private func expression(_ words: [String], _ isOpen: Bool) -> String {
        "\"\(words.joined(separator: " "))\"" + (isOpen ? " *" : "")
    }

    /// The words of a text, parted by spaces.
    ///
    /// - Parameters:
    ///   - text: UTF-8; either ASCII, whose words are runs of letters and digits, or a line of `SearchWords`. In both
    ///     every byte beyond ASCII belongs to a word. Words are cut as `SearchWords` cuts those that are sought.
    ///   - isTitle: whether the first word stands there twice.
    public func line(of text: UnsafeBufferPointer<UInt8>, isTitle: Bool) -> [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity(text.count * 2)
        var rest = text[...]
        while let start = rest.firstIndex(where: SpaceWords.isOfWord) {
            let end = rest[start...].firstIndex { !SpaceWords.isOfWord($0) } ?? rest.endIndex
            if line.isEmpty, isTitle { add(rest[start..<end], UInt8(ascii: "^"), to: &line) }
            add(rest[start..<end], UInt8(ascii: ":"), to: &line)
            rest = rest[end...]
        }
        return line
    }

    private func add(_ word: Slice<UnsafeBufferPointer<UInt8>>, _ mark: UInt8, to line: inout [UInt8]) {
        if !line.isEmpty { line.append(UInt8(ascii: " ")) }
        line.append(contentsOf: space.utf8)
        line.append(mark)
        if word.count <= SearchWords.lettersMax { return line.append(contentsOf: word) }
        var letters = 0
        for byte in word {
            // Bytes that go on with a letter are 10xxxxxx (RFC 3629, section 3).
            if byte & 0xC0 != 0x80 { letters += 1 }
            if letters > SearchWords.lettersMax { return }
            line.append(byte)
        }
    }

    private static func isOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...0xFF:
            true
        default: false
        }
    }
}
