/// One line that is typed on a terminal: what each byte does to it, and how it is shown. Knows no terminal.
///
/// Arrows, Home, End, Delete; Ctrl-A, -B, -E, -F, -D, -H, -K, -U, -W as in Emacs; up and down, Ctrl-P and -N for lines
/// before. A line that is longer than the terminal is wide moves sideways.
public struct LineEditor: Sendable {
    /// What comes of a byte.
    public enum Event: Equatable, Sendable {
        /// The line may look different.
        case edited
        /// The line is finished; the editor has an empty one.
        case line(String)
        /// Ctrl-C: the line is dropped.
        case interrupted
        /// Ctrl-D on an empty line.
        case ended
    }

    /// Of one line; more is not taken.
    public static let lengthMax = 10_000
    private static let historyMax = 500

    private var text: [Character] = []
    /// Before which character the cursor stands.
    private var place = 0
    private var history: [String] = []
    /// Which line of the history is shown; the new one is behind the last.
    private var shown = 0
    /// What was typed before the history was looked at.
    private var draft: [Character] = []
    private var input = Input.plain

    private enum Input: Sendable {
        case plain
        /// The first bytes of a character of UTF-8, and how many are to come.
        case character([UInt8], Int)
        case escape
        case sequence(String)
    }

    public init() {}

    public mutating func read(_ byte: UInt8) -> Event {
        switch input {
        case .plain: return plain(byte)
        case .character(var bytes, let left):
            // No continuation: the character was broken, this byte begins anew.
            guard byte & 0xC0 == 0x80 else {
                input = .plain
                return plain(byte)
            }
            bytes.append(byte)
            input = left > 1 ? .character(bytes, left - 1) : .plain
            if left == 1, let scalars = String(validating: bytes, as: UTF8.self) { insert(scalars) }
        case .escape:
            input = byte == UInt8(ascii: "[") || byte == UInt8(ascii: "O") ? .sequence("") : .plain
        case .sequence(let so):
            // CSI: parameters, then one letter or ~.
            guard (0x40...0x7E).contains(byte) || so.utf8.count > 8 else {
                input = .sequence(so + String(UnicodeScalar(byte)))
                return .edited
            }
            input = .plain
            obey(so + String(UnicodeScalar(byte)))
        }
        return .edited
    }

    private mutating func plain(_ byte: UInt8) -> Event {
        switch byte {
        case 0x0A, 0x0D: return finish()
        case 0x03:
            replace([])
            shown = history.count
            return .interrupted
        case 0x04 where text.isEmpty: return .ended
        case 0x1B: input = .escape
        case 0x01: place = 0
        case 0x05: place = text.count
        case 0x02: place = max(place - 1, 0)
        case 0x06: place = min(place + 1, text.count)
        case 0x04: if place < text.count { text.remove(at: place) }
        case 0x08, 0x7F: remove(from: max(place - 1, 0))
        case 0x0B: text.removeSubrange(place...)
        case 0x15: remove(from: 0)
        case 0x17: remove(from: wordStart)
        case 0x10: recall(shown - 1)
        case 0x0E: recall(shown + 1)
        case 0x00..<0x20: break
        case 0xC2...0xDF: input = .character([byte], 1)
        case 0xE0...0xEF: input = .character([byte], 2)
        case 0xF0...0xF4: input = .character([byte], 3)
        case 0x20..<0x7F: insert(String(UnicodeScalar(byte)))
        default: break
        }
        return .edited
    }

    /// What keys with a sequence of their own do.
    private mutating func obey(_ sequence: String) {
        switch sequence {
        case "A": recall(shown - 1)
        case "B": recall(shown + 1)
        case "C": place = min(place + 1, text.count)
        case "D": place = max(place - 1, 0)
        case "H", "1~", "7~": place = 0
        case "F", "4~", "8~": place = text.count
        case "3~": if place < text.count { text.remove(at: place) }
        case "1;5D", "1;3D": place = wordStart
        case "1;5C", "1;3C": while place < text.count, advances() {}
        default: break
        }
    }

    // MARK: The line

    private mutating func insert(_ scalars: String) {
        guard text.count < LineEditor.lengthMax, !scalars.unicodeScalars.contains(where: PlainText.isObeyed) else {
            return
        }
        // What combines joins the character before it.
        let before = max(place - 1, 0)
        let joined = Array(String(text[before..<place]) + scalars)
        text.replaceSubrange(before..<place, with: joined)
        place = before + joined.count
    }

    private mutating func remove(from start: Int) {
        text.removeSubrange(start..<place)
        place = start
    }

    private var wordStart: Int {
        var start = place
        while start > 0, text[start - 1].isWhitespace { start -= 1 }
        while start > 0, !text[start - 1].isWhitespace { start -= 1 }
        return start
    }

    /// Goes one on, to the end of a word.
    private mutating func advances() -> Bool {
        place += 1
        return place < text.count && !(text[place].isWhitespace && !text[place - 1].isWhitespace)
    }

    private mutating func replace(_ other: [Character]) {
        text = other
        place = other.count
    }

    private mutating func recall(_ other: Int) {
        guard (0...history.count).contains(other), other != shown else { return }
        if shown == history.count { draft = text }
        shown = other
        replace(other == history.count ? draft : Array(history[other]))
    }

    private mutating func finish() -> Event {
        let line = String(text)
        if !line.allSatisfy(\.isWhitespace), history.last != line { history.append(line) }
        if history.count > LineEditor.historyMax { history.removeFirst() }
        shown = history.count
        replace([])
        return .line(line)
    }

    // MARK: Showing it

    /// What a terminal obeys to show the line behind a prompt, with the cursor where it is.
    ///
    /// - Parameter width: columns of the terminal.
    public func drawing(behind prompt: String, width: Int) -> String {
        let start = DisplayWidth.of(prompt)
        let room = max(width - start - 1, 1)
        // The beginning falls off until the cursor can be seen.
        var first = 0
        var before = text[..<place].reduce(0) { $0 + DisplayWidth.of($1) }
        while before > room {
            before -= DisplayWidth.of(text[first])
            first += 1
        }
        var (used, seen) = (0, "")
        for character in text[first...] {
            used += DisplayWidth.of(character)
            if used > room { break }
            seen.append(character)
        }
        let column = start + before
        return "\r\(prompt)\(seen)\u{1B}[K\r" + (column > 0 ? "\u{1B}[\(column)C" : "")
    }
}
