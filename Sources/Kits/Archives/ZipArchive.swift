import CZlib

/// What of an archive is read at most.
public struct ZipLimits: Hashable, Sendable {
    /// Files and folders of an archive.
    public var entriesMax: Int
    /// Octets of the files that are unpacked from one archive, together.
    public var expandedBytesMax: Int
    /// How many octets one of the archive may become in files of more than a mebibyte.
    public var ratioMax: Int

    public init(entriesMax: Int, expandedBytesMax: Int, ratioMax: Int) {
        self.entriesMax = entriesMax
        self.expandedBytesMax = expandedBytesMax
        self.ratioMax = ratioMax
    }
}

/// Why an archive, or a file of it, is not read. ``detail`` is one plain sentence.
public struct ZipError: Error, Hashable, Sendable {
    public let detail: String

    public init(detail: String) { self.detail = detail }
}

/// Reads the files of a ZIP archive (PKWARE APPNOTE 6.3) that is in memory: stored, or deflated (RFC 1951).
///
/// What is unpacked is what the list at its end says, and never more than that: a file whose size is untrue is refused.
/// Encryption, archives in several parts and ZIP64, which nothing of 4 GiB needs, are refused. Nothing is written
/// anywhere, and names are only names: those that lead out of the archive are not even told.
public struct ZipArchive: Sendable {
    /// A file or folder, as the list at the end has it.
    public struct Entry: Hashable, Sendable {
        /// With folders before it, parted by `/`; folders end in one.
        public let name: String
        public let packedBytes: Int
        public let bytes: Int
        fileprivate let checksum: UInt32
        fileprivate let method: Int
        fileprivate let isEncrypted: Bool
        /// Of what comes before the octets of the file.
        fileprivate let head: Int
    }

    /// In the order of the list. Without those with names that begin with `/`, have a drive or `..` in them, or
    /// backslashes.
    public let entries: [Entry]
    private let archive: [UInt8]
    private let limits: ZipLimits

    private static let endLength = 22
    private static let noteLengthMax = 65_535
    private static let smallBytes = 1_048_576

    /// Whether octets begin as ZIP archives do, an empty one among them.
    public static func isArchive(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: Signature.head.octets) || bytes.starts(with: Signature.end.octets)
    }

    /// Reads the list of files, and unpacks nothing.
    ///
    /// - Throws: ``ZipError`` where there is none, and for what is not read at all.
    public init(_ archive: [UInt8], _ limits: ZipLimits) throws(ZipError) {
        let (place, count) = try Self.list(of: archive)
        guard count <= limits.entriesMax else {
            throw ZipError(detail: "The archive has more than \(limits.entriesMax) files.")
        }
        var reader = Reader(archive, at: place)
        var entries: [Entry] = []
        for _ in 0..<count {
            guard let (entry, isPlain) = Self.entry(&reader) else {
                throw ZipError(detail: "The list of files in the archive is broken.")
            }
            // Whoever needs ZIP64 says so by these.
            guard entry.bytes < 0xFFFF_FFFF, entry.packedBytes < 0xFFFF_FFFF, entry.head < 0xFFFF_FFFF else {
                throw ZipError(detail: "The archive is of the kind for files of 4 GiB and more (ZIP64).")
            }
            if isPlain { entries.append(entry) }
        }
        self.entries = entries
        self.archive = archive
        self.limits = limits
    }

    /// Unpacks files.
    ///
    /// - Returns: their octets, in the same order.
    /// - Throws: ``ZipError`` before anything is unpacked where they would become too large or cannot be read, and for
    ///   a file that is broken.
    public func unpacked(_ wanted: [Entry]) throws(ZipError) -> [[UInt8]] {
        var total = 0
        for entry in wanted {
            if entry.isEncrypted { throw ZipError(detail: "\(entry.name) is encrypted.") }
            guard entry.method == Method.stored || entry.method == Method.deflated else {
                throw ZipError(detail: "\(entry.name) is packed in a way that is not known (\(entry.method)).")
            }
            total += entry.bytes
            guard total <= limits.expandedBytesMax else {
                throw ZipError(detail: "The archive unpacks to more than \(limits.expandedBytesMax) octets.")
            }
            guard entry.bytes <= max(Self.smallBytes, entry.packedBytes * limits.ratioMax) else {
                throw ZipError(detail: "\(entry.name) unpacks to more than \(limits.ratioMax) times its size.")
            }
        }
        var files: [[UInt8]] = []
        for entry in wanted { files.append(try unpacked(entry)) }
        return files
    }

    private func unpacked(_ entry: Entry) throws(ZipError) -> [UInt8] {
        var reader = Reader(archive, at: entry.head)
        guard reader.take(.head), reader.skip(22), let name = reader.number(2), let extra = reader.number(2),
            reader.skip(name + extra), let packed = reader.octets(entry.packedBytes)
        else { throw ZipError(detail: "\(entry.name) is not where the archive says.") }
        let bytes: [UInt8]?
        if entry.method == Method.stored {
            bytes = packed.count == entry.bytes ? Array(packed) : nil
        } else {
            bytes = Inflating.bytes(packed, count: entry.bytes)
        }
        guard let bytes else { throw ZipError(detail: "\(entry.name) does not unpack to what the archive says.") }
        guard Inflating.checksum(bytes) == entry.checksum else {
            throw ZipError(detail: "\(entry.name) is damaged: its checksum is another.")
        }
        return bytes
    }

    // MARK: The list

    /// Where the list of files begins, and how many there are: said at the end of the archive, before a note.
    private static func list(of archive: [UInt8]) throws(ZipError) -> (place: Int, count: Int) {
        let first = max(archive.count - endLength - noteLengthMax, 0)
        var place = archive.count - endLength
        while place >= first {
            var reader = Reader(archive, at: place)
            if reader.take(.end), let end = End(&reader), place + endLength + end.noteLength == archive.count {
                return try checked(end, at: place, in: archive)
            }
            place -= 1
        }
        throw ZipError(detail: "The archive breaks off: the list of its files is missing.")
    }

    private static func checked(
        _ end: End, at place: Int, in archive: [UInt8]
    ) throws(ZipError) -> (place: Int, count: Int) {
        var locator = Reader(archive, at: max(place - 20, 0))
        guard end.count < 0xFFFF, end.offset < 0xFFFF_FFFF, end.length < 0xFFFF_FFFF, !locator.take(.locator64) else {
            throw ZipError(detail: "The archive is of the kind for files of 4 GiB and more (ZIP64).")
        }
        guard end.disk == 0, end.firstDisk == 0, end.countHere == end.count else {
            throw ZipError(detail: "The archive is one part of several.")
        }
        guard end.offset + end.length <= place else {
            throw ZipError(detail: "The list of files in the archive is broken.")
        }
        return (end.offset, end.count)
    }

    /// What the end says (APPNOTE 4.3.16).
    private struct End {
        let disk, firstDisk, countHere, count, length, offset, noteLength: Int

        init?(_ reader: inout Reader) {
            guard let disk = reader.number(2), let firstDisk = reader.number(2), let countHere = reader.number(2),
                let count = reader.number(2), let length = reader.number(4), let offset = reader.number(4),
                let noteLength = reader.number(2)
            else { return nil }
            (self.disk, self.firstDisk, self.countHere, self.count) = (disk, firstDisk, countHere, count)
            (self.length, self.offset, self.noteLength) = (length, offset, noteLength)
        }
    }

    /// A row of the list (APPNOTE 4.3.12), and whether its name stays within the archive.
    private static func entry(_ reader: inout Reader) -> (entry: Entry, isPlain: Bool)? {
        guard reader.take(.entry), reader.skip(4), let flags = reader.number(2), let method = reader.number(2),
            reader.skip(4), let checksum = reader.number(4), let packed = reader.number(4),
            let bytes = reader.number(4), let nameLength = reader.number(2), let extraLength = reader.number(2),
            let noteLength = reader.number(2), reader.skip(8), let head = reader.number(4),
            let name = reader.octets(nameLength), reader.skip(extraLength + noteLength)
        else { return nil }
        // Names in the old encodings of DOS are only shown, so what is no UTF-8 in them may be lost.
        let text = String(decoding: name, as: UTF8.self)
        let entry = Entry(
            name: text, packedBytes: packed, bytes: bytes, checksum: UInt32(truncatingIfNeeded: checksum),
            method: method, isEncrypted: flags & 1 == 1, head: head
        )
        return (entry, isPlain(text))
    }

    private static func isPlain(_ name: String) -> Bool {
        let hasControls = name.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        return !name.isEmpty && !hasControls && !name.hasPrefix("/") && !parts.contains("..")
            && !name.utf8.contains(UInt8(ascii: "\\")) && !(parts.first?.hasSuffix(":") ?? false)
    }
}

/// How a file is packed (APPNOTE 4.4.5).
private enum Method {
    static let stored = 0
    static let deflated = 8
}

/// What parts of an archive begin with.
private enum Signature: UInt32 {
    case head = 0x0403_4B50
    case entry = 0x0201_4B50
    case end = 0x0605_4B50
    case locator64 = 0x0706_4B50

    var octets: [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: rawValue >> (8 * $0)) } }
}

/// Goes through octets; nothing is read beyond their end.
private struct Reader {
    private let bytes: [UInt8]
    private var place: Int

    init(_ bytes: [UInt8], at place: Int) {
        self.bytes = bytes
        self.place = min(max(place, 0), bytes.count)
    }

    mutating func octets(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, count <= bytes.count - place else { return nil }
        defer { place += count }
        return bytes[place..<(place + count)]
    }

    mutating func skip(_ count: Int) -> Bool { octets(count) != nil }

    /// The lowest octet first.
    mutating func number(_ count: Int) -> Int? {
        octets(count)?.reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    mutating func take(_ signature: Signature) -> Bool { number(4) == Int(signature.rawValue) }
}
