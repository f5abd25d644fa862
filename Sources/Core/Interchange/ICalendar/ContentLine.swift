/// A property of an iCalendar file: `NAME;PARAMETER=value:value` (RFC 5545 §3.1).
struct ContentLine {
    /// In capitals.
    let name: String
    let parameters: [(name: String, value: String)]
    /// As it stands there, escapes and all.
    let value: ArraySlice<UInt8>
    /// Where it begins, from 1.
    let line: Int

    var text: String { String(text: value) }

    /// The value of a parameter by its name in capitals, without quotes; the first where there are several.
    func parameter(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

    /// - Returns: nil for a line that is no property: without a colon outside of quotes, or without a name.
    init?(_ text: ArraySlice<UInt8>, line: Int) {
        var place = text.startIndex
        while place < text.endIndex, text[place] != .colon, text[place] != .semicolon { place += 1 }
        guard place > text.startIndex, place < text.endIndex else { return nil }
        let name = text[text.startIndex..<place]
        guard name.allSatisfy({ $0.isDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") || $0.isLetter })
        else { return nil }
        var parameters: [(name: String, value: String)] = []
        while text[place] == .semicolon {
            let start = place + 1
            var (equals, isQuoted) = (nil as Int?, false)
            place = start
            while place < text.endIndex, isQuoted || text[place] != .semicolon && text[place] != .colon {
                if text[place] == .quote { isQuoted.toggle() }
                if text[place] == .equals, equals == nil { equals = place }
                place += 1
            }
            guard place < text.endIndex else { return nil }
            let end = equals ?? place
            let value = text[(equals.map { $0 + 1 } ?? place)..<place].filter { $0 != .quote }
            parameters.append((Self.capitals(text[start..<end]), String(text: value)))
        }
        // Groups come before a dot; nothing here needs them.
        self.name = Self.capitals(name.split(separator: UInt8(ascii: ".")).last ?? name)
        self.parameters = parameters
        value = text[(place + 1)...]
        self.line = line
    }

    private init(_ name: String, _ parameters: [(name: String, value: String)], _ value: [UInt8], line: Int) {
        (self.name, self.parameters, self.value, self.line) = (name, parameters, value[...], line)
    }

    /// The same, without the window of the file that it was read from.
    var detached: ContentLine { ContentLine(name, parameters, Array(value), line: line) }

    private static func capitals(_ text: ArraySlice<UInt8>) -> String {
        String(decoding: text.map { (0x61...0x7A).contains($0) ? $0 - 0x20 : $0 }, as: UTF8.self)
    }
}

extension UInt8 {
    /// Of ASCII.
    var isLetter: Bool { (0x41...0x5A).contains(self & 0xDF) }
}

/// Goes through an iCalendar file line by line, with lines that were folded put together again (RFC 5545 §3.1).
struct ContentLineScanner {
    private var lines: TextLines

    init(_ text: TextFile) { lines = TextLines(text) }

    /// - Parameter text: in UTF-8.
    init(_ text: [UInt8]) { self.init(TextFile(utf8: text)) }

    /// A line, empty ones left out, and where it begins.
    mutating func next() throws(TaskFileError) -> (text: ArraySlice<UInt8>, line: Int)? {
        while let start = try lines.next() {
            let number = lines.line
            guard try isContinued() else {
                if start.trimmed.isEmpty { continue }
                return (start, number)
            }
            var whole = Array(start)
            while try isContinued(), let more = try lines.next() { whole.append(contentsOf: more.dropFirst()) }
            if whole.trimmed.isEmpty { continue }
            return (whole[...], number)
        }
        return nil
    }

    private mutating func isContinued() throws(TaskFileError) -> Bool { try lines.following()?.isBlank == true }
}

/// Writes content lines, folded where they are longer than 75 octets, never within a code point.
struct ContentLineText {
    private static let lengthMax = 75
    private(set) var bytes: [UInt8] = []

    mutating func add(_ name: String, _ value: String) {
        if name.utf8.count + 1 + value.utf8.count <= Self.lengthMax {
            bytes.append(contentsOf: name.utf8)
            bytes.append(.colon)
            bytes.append(contentsOf: value.utf8)
            bytes.append(contentsOf: [.carriageReturn, .lineFeed])
        } else {
            add(line: Array("\(name):\(value)".utf8))
        }
    }

    /// A whole line, in UTF-8.
    mutating func add(line: [UInt8]) {
        var (place, length) = (0, 0)
        while place < line.count {
            let width = min(Self.width(line[place]), line.count - place)
            if length + width > Self.lengthMax {
                bytes.append(contentsOf: [.carriageReturn, .lineFeed, .space])
                length = 1
            }
            bytes.append(contentsOf: line[place..<(place + width)])
            length += width
            place += width
        }
        bytes.append(contentsOf: [.carriageReturn, .lineFeed])
    }

    /// Octets of the code point that begins with this one.
    private static func width(_ byte: UInt8) -> Int {
        switch byte {
        case 0xF0...: 4
        case 0xE0...: 3
        case 0xC0...: 2
        default: 1
        }
    }
}
