import CivilTime

/// What tells one state of a task from every other: the version, which counts what its user changes, and a mark of
/// what was derived under it. A reminder that fires, and a user who moves, change what a task says and not its version.
///
/// As text `7`, or `7-2k9f0c` where something is derived.
public struct TaskValidator: Hashable, Sendable, LosslessStringConvertible {
    /// What a change is checked against.
    public let version: Int64
    /// Stands for the instants of due date and next reminder; nil where there are none.
    public let mark: String?

    init(version: Int64, instants: [Instant?]) {
        self.version = version
        mark = instants.contains { $0 != nil } ? TaskValidator.mark(of: instants) : nil
    }

    /// Reads what ``description`` wrote; nil for everything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let version = Int64(first) else { return nil }
        self.version = version
        if parts.count == 1 {
            mark = nil
        } else {
            guard !parts[1].isEmpty, parts[1].utf8.allSatisfy(TaskValidator.isMarkByte) else { return nil }
            mark = String(parts[1])
        }
    }

    public var description: String { mark.map { "\(version)-\($0)" } ?? String(version) }

    private static func isMarkByte(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }

    /// FNV-1a of 64 bits (<https://datatracker.ietf.org/doc/html/draft-eastlake-fnv>): the same in every process.
    private static func mark(of instants: [Instant?]) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        for instant in instants {
            add(instant == nil ? 0 : 1)
            var rest = instant?.milliseconds ?? 0
            for _ in 0..<8 {
                add(UInt8(truncatingIfNeeded: rest))
                rest >>= 8
            }
        }
        return String(hash, radix: 36)
    }
}
