/// The part of a text that is being read: what has been read is dropped, and what follows fetched, as it is asked for.
package struct TextWindow {
    private var pieces: TextPieces
    /// UTF-8. What was read of it before stays readable in copies.
    package private(set) var bytes: [UInt8] = []
    /// Octets of the text before ``bytes``.
    package private(set) var start = 0
    /// Whether the text ends with ``bytes``.
    package private(set) var isLast = false
    /// One line, row or value of a file, in octets: far more than a task with all its limits needs.
    package static let recordBytesMax = 4_194_304

    init(_ file: TextFile) { pieces = file.pieces() }

    /// Over a file that is UTF-8, or is to be found out not to be by who reads it.
    package init(utf8 content: any FileContent) { pieces = TextPieces(content, .utf8) }

    /// Drops what lies before `place`, and fetches what follows: as much again as there is, so that a long record is
    /// not gone through too often.
    ///
    /// - Returns: false where nothing follows, or the record that begins at `place` is longer than
    ///   ``recordBytesMax``; ``isLast`` tells which. What begins at `place` begins ``bytes`` afterwards.
    package mutating func advance(to place: Int) throws(TaskFileError) -> Bool {
        if place > 0 {
            bytes.removeFirst(place)
            start += place
        }
        guard !isLast, bytes.count < TextWindow.recordBytesMax else { return false }
        let wanted = max(1, min(bytes.count, TextWindow.recordBytesMax - bytes.count))
        var more = 0
        while more < wanted, let piece = try pieces.next() {
            bytes += piece
            more += piece.count
        }
        if more < wanted { isLast = true }
        return more > 0
    }
}

/// Goes through a text line by line: CRLF, LF and CR end lines, and nothing comes after the last end.
struct TextLines {
    private var window: TextWindow
    private var place = 0
    /// Of the line that was given last, from 1.
    private(set) var line = 0

    init(_ file: TextFile) { window = TextWindow(file) }

    /// What the next line begins with: a line break where it is empty; nil at the end.
    mutating func following() throws(TaskFileError) -> UInt8? {
        if place == window.bytes.count { try fetch() }
        return place < window.bytes.count ? window.bytes[place] : nil
    }

    /// - Throws: where a line is longer than ``TextWindow/recordBytesMax``.
    mutating func next() throws(TaskFileError) -> ArraySlice<UInt8>? {
        var end = place
        while true {
            end = window.bytes[end...].firstIndex { $0.isBreak } ?? window.bytes.count
            // Behind a carriage return there may be a line feed.
            if end + 1 < window.bytes.count || window.isLast { break }
            end -= place
            if try !fetch(), !window.isLast {
                throw TaskFileError(line: line + 1, "This line has more than \(TextWindow.recordBytesMax) octets.")
            }
        }
        guard place < window.bytes.count else { return nil }
        let text = window.bytes[place..<end]
        place = end
        if place < window.bytes.count {
            let isReturn = window.bytes[place] == .carriageReturn
            place += 1
            if isReturn, place < window.bytes.count, window.bytes[place] == .lineFeed { place += 1 }
        }
        line += 1
        return text
    }

    /// The line that begins at ``place`` begins the window afterwards.
    @discardableResult
    private mutating func fetch() throws(TaskFileError) -> Bool {
        defer { place = 0 }
        return try window.advance(to: place)
    }
}
