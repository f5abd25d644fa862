/// The text of a file as UTF-8, which is read from its beginning as often as anybody likes, a piece at a time.
struct TextFile: Sendable {
    let content: any FileContent
    let encoding: TextEncoding
    /// Octets of a piece before they are decoded.
    static let pieceSize = 65_536
    /// Octets that are looked at to tell UTF-16 without a mark.
    private static let sampleSize = 4_096

    /// What is UTF-8 already.
    init(utf8 bytes: [UInt8]) { self.init(HeldFile(bytes), .utf8) }

    private init(_ content: any FileContent, _ encoding: TextEncoding) {
        self.content = content
        self.encoding = encoding
    }

    /// Goes through the file once to find out what it is written in, and lets others go first between pieces.
    ///
    /// - Throws: where a NUL stands in the text, which no text file has: it is something else.
    static func examine(_ content: any FileContent) async throws(TaskFileError) -> TextFile {
        let sample = try content.bytes(at: 0, upTo: sampleSize)
        let encoding: TextEncoding
        if let marked = TextEncoding.marked(sample, of: content.count) {
            encoding = marked
        } else {
            encoding = try await isUTF8(content) ? .utf8 : .windows1252
        }
        let text = TextFile(content, encoding)
        var pieces = text.pieces()
        var position = TextPosition()
        while let piece = try pieces.next() {
            if let place = piece.firstIndex(of: 0) {
                position.move(over: piece[..<place])
                throw TaskFileError(
                    line: position.line, column: position.column, "There is a NUL, so this is not a text file."
                )
            }
            position.move(over: piece[...])
            await Task.yield()
        }
        return text
    }

    private static func isUTF8(_ content: any FileContent) async throws(TaskFileError) -> Bool {
        var pieces = TextPieces(content, .utf8)
        while let piece = try pieces.next() {
            if String(validating: piece, as: UTF8.self) == nil { return false }
            await Task.yield()
        }
        return true
    }

    func pieces() -> TextPieces { TextPieces(content, encoding) }
}

/// Goes through the text of a file, piece by piece; no character is cut.
package struct TextPieces {
    private let content: any FileContent
    private let encoding: TextEncoding
    /// Of the file, in octets.
    private var offset: Int

    init(_ content: any FileContent, _ encoding: TextEncoding) {
        self.content = content
        self.encoding = encoding
        offset = encoding.markLength
    }

    /// - Returns: nil at the end.
    mutating func next(_ size: Int = TextFile.pieceSize) throws(TaskFileError) -> [UInt8]? {
        guard offset < content.count else { return nil }
        var bytes = try content.bytes(at: offset, upTo: size)
        guard !bytes.isEmpty else { throw TaskFileError(line: 1, "The file is shorter than it was.") }
        if offset + bytes.count < content.count {
            let whole = encoding.wholeCount(bytes)
            if whole > 0 { bytes.removeLast(bytes.count - whole) }
        }
        offset += bytes.count
        return encoding.decoded(bytes)
    }
}

/// A place in a text, counted as people count: CRLF, LF and CR end lines.
struct TextPosition {
    /// From 1.
    private(set) var line = 1
    /// From 1, in code points.
    private(set) var column = 1
    private var followsReturn = false

    mutating func move(over bytes: ArraySlice<UInt8>) {
        for byte in bytes {
            if byte == .lineFeed || byte == .carriageReturn {
                if !(byte == .lineFeed && followsReturn) { line += 1 }
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
            followsReturn = byte == .carriageReturn
        }
    }
}
