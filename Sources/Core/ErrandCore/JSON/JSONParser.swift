/// Why a text is not JSON, and where.
public struct JSONError: Error, Equatable, Sendable {
    /// Offset of the offending byte.
    public let offset: Int
    public let reason: String
}

extension JSONValue {
    /// Nesting beyond this is refused: no request of ours needs ten levels.
    public static let depthMax = 32

    /// Reads one JSON text (RFC 8259), UTF-8, with white space around it allowed.
    ///
    /// - Throws: ``JSONError`` for anything else, among it invalid UTF-8, lone surrogates, repeated member
    ///   names, numbers beyond the range of a double and nesting deeper than ``depthMax``.
    public static func parse(_ bytes: some Sequence<UInt8>) throws(JSONError) -> JSONValue {
        var parser = JSONParser(bytes: Array(bytes))
        return try parser.parseText()
    }

    public static func parse(_ text: String) throws(JSONError) -> JSONValue {
        try parse(text.utf8)
    }
}

/// Reads JSON from the first byte on, value by value.
struct JSONParser {
    let bytes: [UInt8]
    private(set) var index = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func parseText() throws(JSONError) -> JSONValue {
        skipWhiteSpace()
        let value = try parseValue(depth: 0)
        skipWhiteSpace()
        guard index == bytes.count else { throw error("unexpected text after the value") }
        return value
    }

    func error(_ reason: String) -> JSONError { JSONError(offset: index, reason: reason) }

    private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    mutating func skipWhiteSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard current == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    mutating func parseValue(depth: Int) throws(JSONError) -> JSONValue {
        guard depth <= JSONValue.depthMax else { throw error("nested too deep") }
        guard let byte = current else { throw error("unexpected end") }
        switch byte {
        case UInt8(ascii: "{"): return try parseObject(depth: depth)
        case UInt8(ascii: "["): return try parseArray(depth: depth)
        case UInt8(ascii: "\""): return .string(try parseString())
        case UInt8(ascii: "t"): return try parseWord("true", .bool(true))
        case UInt8(ascii: "f"): return try parseWord("false", .bool(false))
        case UInt8(ascii: "n"): return try parseWord("null", .null)
        default: return try parseNumber()
        }
    }

    private mutating func parseWord(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        let end = index + word.utf8CodeUnitCount
        guard end <= bytes.count,
            bytes[index..<end].elementsEqual(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
        else { throw error("expected a value") }
        index = end
        return value
    }

    private mutating func parseObject(depth: Int) throws(JSONError) -> JSONValue {
        index += 1
        var object = JSONObject()
        var names = MemberNames()
        skipWhiteSpace()
        if take("}") { return .object(object) }
        repeat {
            skipWhiteSpace()
            let name = try parseName()
            guard names.insert(name) else { throw error("repeated member name") }
            object.append(name, try parseValue(depth: depth + 1))
            skipWhiteSpace()
        } while take(",")
        guard take("}") else { throw error("expected ',' or '}'") }
        return .object(object)
    }

    /// The name of a member, its colon and the white space about it.
    mutating func parseName() throws(JSONError) -> String {
        guard current == UInt8(ascii: "\"") else { throw error("expected a member name") }
        let name = try parseString()
        skipWhiteSpace()
        guard take(":") else { throw error("expected ':'") }
        skipWhiteSpace()
        return name
    }

    private mutating func parseArray(depth: Int) throws(JSONError) -> JSONValue {
        index += 1
        var values: [JSONValue] = []
        skipWhiteSpace()
        if take("]") { return .array(values) }
        repeat {
            skipWhiteSpace()
            values.append(try parseValue(depth: depth + 1))
            skipWhiteSpace()
        } while take(",")
        guard take("]") else { throw error("expected ',' or ']'") }
        return .array(values)
    }

    /// - Precondition: at its opening quotation mark.
    mutating func parseString() throws(JSONError) -> String {
        index += 1
        var decoded: [UInt8] = []
        var runStart = index
        var isASCII = true
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                let run = bytes[runStart..<index]
                // Most strings have no escapes and are taken over as they are; ASCII needs no validation.
                guard
                    let text = decoded.isEmpty && isASCII
                        ? String(decoding: run, as: UTF8.self) : String(validating: decoded + run, as: UTF8.self)
                else { throw error("invalid UTF-8") }
                index += 1
                return text
            case UInt8(ascii: "\\"):
                decoded += bytes[runStart..<index]
                index += 1
                try parseEscape(into: &decoded)
                runStart = index
            case 0..<0x20:
                throw error("unescaped control character")
            default:
                if byte >= 0x80 { isASCII = false }
                index += 1
            }
        }
        throw error("unterminated string")
    }

    private mutating func parseEscape(into decoded: inout [UInt8]) throws(JSONError) {
        guard let byte = current else { throw error("unterminated escape") }
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): decoded.append(byte)
        case UInt8(ascii: "b"): decoded.append(0x08)
        case UInt8(ascii: "f"): decoded.append(0x0C)
        case UInt8(ascii: "n"): decoded.append(0x0A)
        case UInt8(ascii: "r"): decoded.append(0x0D)
        case UInt8(ascii: "t"): decoded.append(0x09)
        case UInt8(ascii: "u"): decoded += String(Character(try parseUnicodeEscape())).utf8
        default: throw error("unknown escape")
        }
    }

    private mutating func parseUnicodeEscape() throws(JSONError) -> Unicode.Scalar {
        let high = try parseHexQuad()
        if let scalar = Unicode.Scalar(high) { return scalar }
        guard (0xD800...0xDBFF).contains(high), take("\\"), take("u") else { throw error("lone surrogate") }
        let low = try parseHexQuad()
        guard (0xDC00...0xDFFF).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
        else { throw error("lone surrogate") }
        return scalar
    }

    private mutating func parseHexQuad() throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
                throw error("expected four hexadecimal digits")
            }
            value = value << 4 | UInt32(digit)
            index += 1
        }
        return value
    }

    private mutating func parseNumber() throws(JSONError) -> JSONValue {
        let start = index
        _ = take("-")
        if !take("0") { try skipDigits() }
        var isInteger = true
        if take(".") {
            isInteger = false
            try skipDigits()
        }
        if take("e") || take("E") {
            isInteger = false
            if !take("+") { _ = take("-") }
            try skipDigits()
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if isInteger, let value = Int64(text) { return .integer(value) }
        guard let value = Double(text), value.isFinite else { throw error("number out of range") }
        // 1.0 and 1e2 are the integers they look like; JSON has one kind of number.
        if let whole = Int64(exactly: value), abs(value) < 9e15 { return .integer(whole) }
        return .number(value)
    }

    private mutating func skipDigits() throws(JSONError) {
        let start = index
        while let byte = current, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { index += 1 }
        guard index > start else { throw error("expected a value") }
    }
}

/// The member names of one object, to find repeated ones: a list while it is short, which is faster than hashing.
private struct MemberNames {
    private static let listMax = 16

    private var list: [String] = []
    private var set: Set<String> = []

    /// - Returns: false when the name was there before.
    mutating func insert(_ name: String) -> Bool {
        if list.count < MemberNames.listMax {
            if list.contains(name) { return false }
            list.append(name)
            return true
        }
        if set.isEmpty { set = Set(list) }
        return set.insert(name).inserted
    }
}
