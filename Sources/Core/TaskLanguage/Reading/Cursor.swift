import CivilTime

/// A text ready to be read: its tokens, the words of its language, and who says it when.
final class Reading: Sendable {
    let tokens: [Token]
    let words: Vocabulary
    let context: LanguageContext
    /// Tokens inside quotation marks, addresses and names: never interpreted.
    let isProtected: [Bool]
    /// Of those, names that could be times after all.
    let doubtfulNames: [Range<Int>]

    /// - Parameter isLine: whether quotations, addresses and names in the text are to be left alone.
    init(_ text: String, _ context: LanguageContext, isLine: Bool = false) {
        var tokens = Tokenizer.tokens(text)
        words = Vocabulary.of(context.language)
        Spelling(words: words).mend(&tokens)
        for index in tokens.indices where tokens[index].kind != .number {
            tokens[index].isKnown = words.known.contains(tokens[index].text)
        }
        self.tokens = tokens
        self.context = context
        var marks = isLine ? ProtectedText.marks(tokens) : Array(repeating: false, count: tokens.count)
        let names = NameMarks(words: words)
        if isLine { names.mark(tokens, in: &marks) }
        doubtfulNames = isLine ? names.works(tokens).filter { name in !name.contains { marks[$0] } } : []
        for name in doubtfulNames { for place in name { marks[place] = true } }
        isProtected = marks
    }
}

/// A place in a reading. Copy it to try something, and keep the copy that got further.
struct Cursor: Sendable {
    let reading: Reading
    var place: Int

    var words: Vocabulary { reading.words }
    var today: LocalDate { reading.context.today }

    var current: Token? { token(place) }
    var isAtEnd: Bool { place >= reading.tokens.count }

    func token(_ index: Int) -> Token? {
        reading.tokens.indices.contains(index) && !reading.isProtected[index] ? reading.tokens[index] : nil
    }

    private static let closingSigns: Set<String> = [",", ".", ";", ":", ")", "!", "?", "#", "@", "]"]

    /// Whether what was read ends with a whole word: nothing but space, the end, a mark or a picture touches it.
    var isAtBoundary: Bool {
        guard place < reading.tokens.count else { return true }
        let next = reading.tokens[place]
        if next.isApart || next.isPicture { return true }
        if next.kind == .sign { return Self.closingSigns.contains(next.text) }
        // "8:05monday"
        return place > 0 && reading.tokens[place - 1].kind == .number && next.isKnown
            && words.weekdays[next.text] != nil
    }

    /// Whether a number or any word of the language stands here; nothing about time begins with anything else.
    var isAtKnown: Bool { current.map { $0.kind == .number || $0.isKnown } ?? false }

    /// Whether a digit touches what was read, as in `tmrw9am`.
    var isBeforeTouchingNumber: Bool { current.map { !$0.isApart && $0.kind == .number } ?? false }

    mutating func take(_ word: String) -> Bool {
        guard current?.text == word else { return false }
        place += 1
        return true
    }

    mutating func take(_ words: Set<String>) -> Bool {
        guard let current, current.isKnown, words.contains(current.text) else { return false }
        place += 1
        return true
    }

    /// The first phrase that stands here.
    mutating func take(_ phrases: [[String]]) -> Bool {
        guard let current, current.isKnown else { return false }
        let first = current.text
        for phrase in phrases where phrase[0] == first {
            if phrase.indices.allSatisfy({ token(place + $0)?.text == phrase[$0] }) {
                place += phrase.count
                return true
            }
        }
        return false
    }

    mutating func take<Value>(_ table: [String: Value]) -> Value? {
        guard let current, current.isKnown, let value = table[current.text] else { return nil }
        place += 1
        return value
    }

    /// A sign that touches the token before it.
    mutating func takeTouching(_ sign: String) -> Bool {
        guard let current, !current.isApart, current.text == sign else { return false }
        place += 1
        return true
    }

    mutating func takeNumber(touching: Bool = false) -> Int? {
        guard let current, let number = current.number, !touching || !current.isApart else { return nil }
        place += 1
        return number
    }

    /// `3`, "three", "twenty five", "a couple of".
    mutating func takeCount() -> Int? {
        if let number = takeNumber() { return number }
        if let tens = take(words.tens) { return tens + (takeDigit() ?? 0) }
        return take(words.pairs) ? 2 : take(words.numbers)
    }

    /// "five" behind "twenty", with or without a hyphen.
    private mutating func takeDigit() -> Int? {
        attempt { cursor in
            _ = cursor.takeTouching("-")
            guard let digit = cursor.take(cursor.words.numbers), (1...9).contains(digit),
                cursor.token(cursor.place - 1)?.text.utf8.count ?? 0 > 2
            else { return nil }
            return digit
        }
    }

    /// `3rd`, `3.`, "third" or "twenty-first"; -1 for "last".
    mutating func takeOrdinal() -> Int? {
        if let ordinal = take(words.ordinals) { return ordinal }
        if let compound = attempt({ cursor -> Int? in
            guard let tens = cursor.take(cursor.words.tens), tens <= 30 else { return nil }
            _ = cursor.takeTouching("-")
            guard let digit = cursor.take(cursor.words.ordinals), (1...9).contains(digit) else { return nil }
            return tens + digit
        }) {
            return compound
        }
        var trial = self
        guard let number = trial.takeNumber(), let suffix = trial.current, !suffix.isApart,
            words.ordinalSuffixes.contains(suffix.text)
        else { return nil }
        trial.place += 1
        // "3.5" and "31.12." are no ordinals.
        if suffix.kind == .sign, trial.current?.isApart == false, trial.current?.kind == .number { return nil }
        self = trial
        return number
    }

    /// Tries to read something; where nothing comes of it the cursor stays.
    mutating func attempt<Value>(_ read: (inout Cursor) -> Value?) -> Value? {
        var trial = self
        guard let value = read(&trial) else { return nil }
        self = trial
        return value
    }

    /// Ends the clause: nothing, or a mark, or something that is not a plain word comes next.
    var isAtClauseEnd: Bool {
        guard place < reading.tokens.count else { return true }
        let next = reading.tokens[place]
        return next.kind == .sign && !(next.text == "'" || next.text == "-" || next.text == "/" || next.text == "’")
    }
}
