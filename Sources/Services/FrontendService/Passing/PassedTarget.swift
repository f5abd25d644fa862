import ErrandHTTP

/// The path and query of a request, fit to be read the same way by everybody on its way.
enum PassedTarget {
    /// Characters that are no part of a URI but that clients send (RFC 3986 §2), beside all that is not ASCII.
    private static let unfit = Set("\"<>[\\]^`{|}".utf8)

    /// - Parameters:
    ///   - path: percent-encoded, as it came.
    ///   - query: the same; nil for none.
    /// - Throws: ``Problem`` (invalid_path) for dot segments and for encoded slashes, backslashes and dots: what lies
    ///   between resolves them in different ways, and could be led to other paths than the API's.
    static func text(path: String, query: String?) throws(Problem) -> String {
        let lowercased = path.lowercased()
        guard path.hasPrefix("/"), !path.split(separator: "/").contains(where: { $0 == "." || $0 == ".." }),
            !["%2f", "%5c", "%2e", "\\"].contains(where: lowercased.contains)
        else { throw .invalidPath }
        let target = try encoded(path)
        guard let query else { return target }
        return target + "?" + (try encoded(query))
    }

    private static func encoded(_ text: String) throws(Problem) -> String {
        var encoded = ""
        let bytes = Array(text.utf8)
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case 0..<0x21, 0x7F, UInt8(ascii: "#"): throw .invalidPath
            case UInt8(ascii: "%"):
                guard bytes.dropFirst(index + 1).prefix(2).filter(isHexDigit).count == 2 else { throw .invalidPath }
                encoded.append("%")
            case _ where byte >= 0x80 || unfit.contains(byte):
                encoded += "%" + String(byte >> 4, radix: 16, uppercase: true)
                encoded += String(byte & 15, radix: 16, uppercase: true)
            default: encoded.unicodeScalars.append(Unicode.Scalar(byte))
            }
        }
        return encoded
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
        default: false
        }
    }
}
