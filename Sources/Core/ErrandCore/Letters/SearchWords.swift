/// The words of a text as search indexes hold them and searches look for them, the same for every database.
///
/// A word is a run of letters and digits, without case and accents. Where a script has no spaces between words
/// (Chinese, Japanese, Thai, Lao, Khmer, Burmese), in Korean and for symbols, every letter begins a word of its own,
/// made of it and the letter that follows; the last letter of such a run stands alone. So the words of 日本語 are
/// 日本, 本語 and 語: what is sought is found from the middle of a run, as a phrase of such pairs; and a single letter
/// is found as the beginning of a pair.
public enum SearchWords {
    /// Longer words are cut: databases have a limit, and a search is shorter.
    public static let lettersMax = 500

    /// The words of a text, for an index.
    public static func words(in text: String) -> [String] {
        var words: [String] = []
        each(in: text) { word, _ in words.append(word) }
        return words
    }

    /// The words of a text, parted by spaces; nil where the text is ASCII, whose words any tokenizer finds that takes
    /// letters and digits for words and knows no case.
    public static func line(of text: String) -> String? {
        isASCII(text) ? nil : words(in: text).joined(separator: " ")
    }

    /// - Parameter body: is told a word, and how many letters of its run it begins: 0 for a whole word, else 1 for the
    ///   last of a run, and more.
    static func each(in text: String, _ body: (_ word: String, _ inRun: Int) -> Void) {
        if isASCII(text) { return eachOfASCII(in: text, body) }
        let letters = SearchLetters(text).letters
        var index = 0
        while index < letters.count {
            let start = index
            switch letters[index].role {
            case .separator, .mark: index += 1
            case .run:
                while index < letters.count, isRun(letters[index]) { index += 1 }
                for place in start..<index {
                    body(string(letters[place..<min(place + 2, index)]), index - place)
                }
            case .word:
                while index < letters.count, isWord(letters[index]) { index += 1 }
                body(string(letters[start..<min(start + lettersMax, index)]), 0)
            }
        }
    }

    private static func isRun(_ letter: SearchLetters.Letter) -> Bool { letter.role == .run || letter.role == .mark }

    private static func isWord(_ letter: SearchLetters.Letter) -> Bool { letter.role == .word || letter.role == .mark }

    private static func string(_ letters: ArraySlice<SearchLetters.Letter>) -> String {
        var text = String.UnicodeScalarView()
        for letter in letters { text.append(letter.scalar) }
        return String(text)
    }

    // MARK: - ASCII

    private static func isASCII(_ text: String) -> Bool { text.utf8.allSatisfy { $0 < 0x80 } }

    private static func eachOfASCII(in text: String, _ body: (_ word: String, _ inRun: Int) -> Void) {
        var word: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): word.append(byte)
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): word.append(byte + 32)
            default:
                if !word.isEmpty { body(String(decoding: word.prefix(lettersMax), as: UTF8.self), 0) }
                word.removeAll(keepingCapacity: true)
            }
        }
        if !word.isEmpty { body(String(decoding: word.prefix(lettersMax), as: UTF8.self), 0) }
    }
}

/// Words that follow one another, as a search looks for them.
public struct SearchPhrase: Hashable, Sendable {
    /// In the form of ``SearchWords``; empty where the text has no letter, digit or symbol.
    public let words: [String]
    /// Whether the last word need only be the beginning of one.
    public let isOpen: Bool

    /// - Parameter matchesPrefix: whether the last word of a script with spaces may be cut short. In a run of others
    ///   there is no telling where a word ends, so what is sought may stand anywhere in it.
    public init(_ text: String, matchesPrefix: Bool) {
        var words: [String] = []
        var (last, before) = (0, 0)
        SearchWords.each(in: text) { word, inRun in
            words.append(word)
            (before, last) = (last, inRun)
        }
        // The last letter of a run would have the run end there; alone, it is the beginning of a pair.
        let endsRun = last == 1 && before == 2
        if endsRun { words.removeLast() }
        self.words = words
        isOpen = !endsRun && (last == 1 || matchesPrefix)
    }
}
