/// The rules of one zone as a compiled file of the IANA database has them (TZif, RFC 9636): every change of the clocks
/// up to some year, and a rule for all years after it.
package struct ZoneFile: Hashable, Sendable {
    /// A larger file is not of this kind: those of the database have at most some 4,000 octets.
    static let sizeMax = 65_536

    /// When the offset changes, in seconds since the epoch, ascending.
    private let transitions: [Int64]
    /// The offset from each transition on, in seconds east of UTC.
    private let offsets: [Int64]
    /// The offset before the first transition.
    private let first: Int64
    /// What holds from the last transition on; nil for the last offset for ever.
    private let rule: PosixRule?

    /// - Returns: nil for a file that does not keep to RFC 9636, one of version 1, which ends in 2037, and one that
    ///   counts leap seconds, which our instants do not.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count <= ZoneFile.sizeMax else { return nil }
        var reader = Reader(bytes)
        guard let old = Header(&reader), old.version >= UInt8(ascii: "2"), reader.skip(old.size(of: 4)),
            let header = Header(&reader), header.leapSeconds == 0, (1...256).contains(header.types)
        else { return nil }
        var transitions: [Int64] = []
        for _ in 0..<header.transitions {
            guard let time = reader.integer(8), transitions.last.map({ $0 < time }) ?? true else { return nil }
            transitions.append(time)
        }
        var indices: [Int] = []
        for _ in 0..<header.transitions {
            guard let index = reader.byte(), index < header.types else { return nil }
            indices.append(Int(index))
        }
        var types: [Int64] = []
        for _ in 0..<header.types {
            // RFC 9636 §3.2: more than a day and an hour east or west is nobody's offset.
            guard let offset = reader.integer(4), abs(offset) <= 93_600, reader.skip(2) else { return nil }
            types.append(offset)
        }
        guard reader.skip(header.names + header.standard + header.universal), let footer = reader.footer() else {
            return nil
        }
        if footer.isEmpty {
            rule = nil
        } else {
            guard let parsed = PosixRule(footer) else { return nil }
            rule = parsed
        }
        self.transitions = transitions
        offsets = indices.map { types[$0] }
        first = types[0]
    }

    /// Seconds east of UTC in force at `seconds` since the epoch.
    package func offset(at seconds: Int64) -> Int64 {
        guard let last = transitions.last else { return rule?.offset(at: seconds) ?? first }
        if seconds >= last { return rule?.offset(at: seconds) ?? offsets[offsets.count - 1] }
        guard seconds >= transitions[0] else { return first }
        // The last transition that is not later.
        var (low, high) = (0, transitions.count - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if transitions[middle] <= seconds { low = middle } else { high = middle - 1 }
        }
        return offsets[low]
    }

    /// RFC 9636 §3.1.
    private struct Header {
        let version: UInt8
        let universal: Int
        let standard: Int
        let leapSeconds: Int
        let transitions: Int
        let types: Int
        let names: Int

        init?(_ reader: inout Reader) {
            guard reader.take(4) == Array("TZif".utf8), let version = reader.byte(), reader.skip(15) else { return nil }
            var counts: [Int] = []
            for _ in 0..<6 {
                guard let count = reader.integer(4), (0...Int64(ZoneFile.sizeMax)).contains(count) else { return nil }
                counts.append(Int(count))
            }
            self.version = version
            (universal, standard, leapSeconds) = (counts[0], counts[1], counts[2])
            (transitions, types, names) = (counts[3], counts[4], counts[5])
        }

        /// Octets of the data after it, with times of `width` octets (RFC 9636 §3.2).
        func size(of width: Int) -> Int {
            transitions * (width + 1) + types * 6 + names + leapSeconds * (width + 4) + standard + universal
        }
    }

    /// Goes through octets from the left; nothing is read beyond their end.
    private struct Reader {
        private let bytes: [UInt8]
        private var place = 0

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        mutating func take(_ count: Int) -> [UInt8]? {
            guard bytes.count - place >= count else { return nil }
            defer { place += count }
            return Array(bytes[place..<place + count])
        }

        mutating func skip(_ count: Int) -> Bool {
            guard bytes.count - place >= count else { return false }
            place += count
            return true
        }

        mutating func byte() -> UInt8? { take(1)?.first }

        /// In network order, with a sign.
        mutating func integer(_ width: Int) -> Int64? {
            guard let taken = take(width) else { return nil }
            let isNegative = taken[0] & 0x80 != 0
            return taken.reduce(isNegative ? -1 : 0) { $0 << 8 | Int64($1) }
        }

        /// The line at the end (RFC 9636 §3.3).
        mutating func footer() -> String? {
            guard byte() == UInt8(ascii: "\n"), let end = bytes[place...].firstIndex(of: UInt8(ascii: "\n")) else {
                return nil
            }
            return String(decoding: bytes[place..<end], as: UTF8.self)
        }
    }
}
