import Interchange

/// Reads a large JSON document from its beginning, value by value: only a window of it is held, which each value has to
/// fit in.
struct JSONStream {
    private var window: TextWindow
    private var place = 0
    private var position = FilePosition()
    /// Octets of the window that the position has gone past.
    private var counted = 0

    init(_ content: any FileContent) { window = TextWindow(utf8: content) }

    /// The line of what comes next, from 1.
    var line: Int {
        mutating get {
            count()
            return position.line
        }
    }

    mutating func isAtEnd() throws(TaskFileError) -> Bool { try current() == nil }

    mutating func skipByteOrderMark() throws(TaskFileError) {
        _ = try current()
        if window.bytes[place...].starts(with: [0xEF, 0xBB, 0xBF]) { place += 3 }
    }

    mutating func skipWhiteSpace() throws(TaskFileError) {
        while let byte = try current(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { place += 1 }
    }

    mutating func take(_ character: Unicode.Scalar) throws(TaskFileError) -> Bool {
        guard try current() == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }

    /// The name of a member, its colon and the white space about it.
    mutating func parseName() throws(TaskFileError) -> String {
        guard try current() == UInt8(ascii: "\"") else { throw broken("expected a member name") }
        let name = try parse { (parser) throws(JSONError) in try parser.parseString() }
        try skipWhiteSpace()
        guard try take(":") else { throw broken("expected ':'") }
        try skipWhiteSpace()
        return name
    }

    /// - Parameter depth: what the value lies within.
    mutating func parseValue(depth: Int) throws(TaskFileError) -> JSONValue {
        try parse { (parser) throws(JSONError) in try parser.parseValue(depth: depth) }
    }

    /// Passes over a list of any size, of which only brackets and strings are looked at.
    mutating func skipList() throws(TaskFileError) {
        guard try current() == UInt8(ascii: "[") else { throw broken("expected a list") }
        var (depth, isInString, isEscaped) = (0, false, false)
        repeat {
            guard let byte = try current() else { throw broken("unexpected end") }
            place += 1
            if isEscaped {
                isEscaped = false
            } else if isInString {
                isEscaped = byte == UInt8(ascii: "\\")
                isInString = byte != UInt8(ascii: "\"")
            } else {
                switch byte {
                case UInt8(ascii: "\""): isInString = true
                case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
                case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
                default: break
                }
            }
        } while depth > 0
    }

    /// What is wrong with what comes next.
    mutating func broken(_ reason: String) -> TaskFileError {
        count()
        return TaskFileError(line: position.line, column: position.column, "Is no JSON here: \(reason).")
    }

    private mutating func parse<Value>(
        _ body: (inout JSONParser) throws(JSONError) -> Value
    ) throws(TaskFileError) -> Value {
        // The window may move, and the place with it.
        let end = try endOfValue()
        var parser = JSONParser(bytes: Array(window.bytes[place..<end]))
        do throws(JSONError) {
            let value = try body(&parser)
            place += parser.index
            return value
        } catch {
            place += error.offset
            throw broken(error.reason)
        }
    }

    /// Has the window hold what comes next as a whole, or all that there is of it.
    private mutating func endOfValue() throws(TaskFileError) -> Int {
        while true {
            if let length = window.bytes[place...].lengthOfValue { return place + length }
            if try !fetch() {
                if window.isLast { return window.bytes.count }
                throw broken("a value of more than \(TextWindow.recordBytesMax) octets")
            }
        }
    }

    private mutating func current() throws(TaskFileError) -> UInt8? {
        if place < window.bytes.count { return window.bytes[place] }
        return try fetch() ? window.bytes.first : nil
    }

    private mutating func fetch() throws(TaskFileError) -> Bool {
        count()
        defer { (place, counted) = (0, 0) }
        return try window.advance(to: place)
    }

    private mutating func count() {
        position.move(over: window.bytes[counted..<place])
        counted = place
    }
}

extension ArraySlice<UInt8> {
    /// How many octets the JSON value has that begins here, whatever is wrong within it; nil where it is not known
    /// before there is more.
    fileprivate var lengthOfValue: Int? {
        withUnsafeBufferPointer { bytes in
            var (depth, isInString, place) = (0, false, 0)
            while place < bytes.count {
                let byte = bytes[place]
                place += 1
                if isInString {
                    if byte == UInt8(ascii: "\\") { place += 1 }
                    if byte == UInt8(ascii: "\"") {
                        isInString = false
                        if depth == 0 { return place }
                    }
                    continue
                }
                switch byte {
                case UInt8(ascii: "\""): isInString = true
                case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"):
                    if depth <= 1 { return depth == 0 ? place - 1 : place }
                    depth -= 1
                // What ends a number or a word.
                case UInt8(ascii: ","), 0x20, 0x0A, 0x0D, 0x09:
                    if depth == 0 { return place - 1 }
                default: break
                }
            }
            return nil
        }
    }
}

/// A place in a text, counted as people count.
struct FilePosition {
    /// From 1.
    private(set) var line = 1
    /// From 1, in code points.
    private(set) var column = 1

    /// Goes on past these octets.
    mutating func move(over bytes: ArraySlice<UInt8>) {
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                (line, column) = (line + 1, 1)
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
    }
}
