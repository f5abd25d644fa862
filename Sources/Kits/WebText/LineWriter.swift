/// Takes code byte by byte and leaves out space at the ends of its lines, all but one of several spaces, and lines that
/// are empty.
struct LineWriter {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int) { bytes.reserveCapacity(capacity) }

    /// Whether nothing has been written on this line.
    var isAtStart: Bool { bytes.last.map { $0 == Byte.newline } ?? true }

    var isAfterSpace: Bool { isAtStart || bytes.last == Byte.space || bytes.last == Byte.tab }

    /// A space or tab of code; of several in a row, the first.
    mutating func space(_ byte: UInt8) { if !isAfterSpace { bytes.append(byte) } }

    /// The end of a line of code.
    mutating func newline() {
        while bytes.last == Byte.space || bytes.last == Byte.tab { bytes.removeLast() }
        if !isAtStart { bytes.append(Byte.newline) }
    }

    mutating func copy(_ byte: UInt8) { bytes.append(byte) }

    mutating func copy(_ part: ArraySlice<UInt8>) { bytes += part }
}

/// ASCII by name.
enum Byte {
    static let tab = UInt8(ascii: "\t")
    static let newline = UInt8(ascii: "\n")
    static let space = UInt8(ascii: " ")
    static let quote = UInt8(ascii: "\"")
    static let apostrophe = UInt8(ascii: "'")
    static let open = UInt8(ascii: "(")
    static let close = UInt8(ascii: ")")
    static let star = UInt8(ascii: "*")
    static let dot = UInt8(ascii: ".")
    static let slash = UInt8(ascii: "/")
    static let backslash = UInt8(ascii: "\\")
    static let backtick = UInt8(ascii: "`")
    static let dollar = UInt8(ascii: "$")
    static let openBrace = UInt8(ascii: "{")
    static let closeBrace = UInt8(ascii: "}")
    static let openBracket = UInt8(ascii: "[")
    static let closeBracket = UInt8(ascii: "]")

    static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    /// Of names and numbers.
    static func isWord(_ byte: UInt8) -> Bool {
        isDigit(byte) || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
            || byte == UInt8(ascii: "_") || byte == dollar || byte == UInt8(ascii: "#")
    }
}
