extension JSONValue {
    /// The value as compact JSON text in UTF-8, members in their order.
    public func serialized() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(256)
        write(to: &bytes)
        return bytes
    }

    public var text: String { String(decoding: serialized(), as: UTF8.self) }

    func write(to bytes: inout [UInt8]) {
        switch self {
        case .null: bytes.append(ascii: "null")
        case .bool(let value): bytes.append(ascii: value ? "true" : "false")
        case .integer(let value): bytes.append(decimal: value)
        case .number(let value): bytes += String(value).utf8
        case .string(let text): bytes.append(json: text)
        case .array(let values):
            bytes.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                value.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let object):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in object.members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                bytes.append(json: member.name)
                bytes.append(UInt8(ascii: ":"))
                member.value.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }
}

extension [UInt8] {
    mutating func append(ascii text: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func append(decimal value: Int64) {
        var text = String(value)
        text.withUTF8 { append(contentsOf: $0) }
    }

    /// A text as a JSON string.
    mutating func append(json text: String) {
        append(UInt8(ascii: "\""))
        if !appendPlain(json: text) { append(escaping: text) }
        append(UInt8(ascii: "\""))
    }

    /// Most texts have nothing to escape (RFC 8259 §7) and are taken over as they are, in one piece.
    ///
    /// - Returns: false where something has to be escaped; nothing is appended then.
    mutating func appendPlain(json text: String) -> Bool {
        var text = text
        return text.withUTF8 { units in
            guard units.isPlainJSON else { return false }
            append(contentsOf: units)
            return true
        }
    }

    private mutating func append(escaping text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                append(UInt8(ascii: "\\"))
                append(byte)
            case 0x0A: append(ascii: "\\n")
            case 0x0D: append(ascii: "\\r")
            case 0x09: append(ascii: "\\t")
            case 0..<0x20:
                append(ascii: "\\u00")
                append(hexDigits[Int(byte >> 4)])
                append(hexDigits[Int(byte & 15)])
            default: append(byte)
            }
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether nothing in it has to be escaped: no quotation mark, no backslash, no control character. Looks at eight
    /// bytes at a time (Warren, Hacker's Delight, section 6-1).
    fileprivate var isPlainJSON: Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let bytes = UnsafeRawBufferPointer(self)
        var index = 0
        while index + 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            let quote = word ^ (ones &* 0x22)
            let backslash = word ^ (ones &* 0x5C)
            // The highest bit of a byte is set where that byte, or one below it, is what is sought.
            let found =
                (word &- ones &* 0x20) & ~word | (quote &- ones) & ~quote | (backslash &- ones) & ~backslash
            if found & (ones &* 0x80) != 0 { return false }
            index += 8
        }
        while index < bytes.count {
            if bytes[index] < 0x20 || bytes[index] == 0x22 || bytes[index] == 0x5C { return false }
            index += 1
        }
        return true
    }
}

private let hexDigits = Array("0123456789abcdef".utf8)
