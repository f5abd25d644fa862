import CivilTime
import Foundation
import Testing

@Suite struct ZoneFileTests {
    private static let system = "/usr/share/zoneinfo"

    /// Seconds since the epoch from 1970 to 2060: every 13 days less an hour, and close to the changes of 2026.
    private static let instants: [Int64] =
        Array(stride(from: 0, to: 2_840_000_000, by: 311 * 3_600))
        + [1_774_746_000, 1_792_890_000].flatMap { change in (-3...3).map { change + $0 * 1_799 } }

    // Of another edition they may well differ.
    @Test(.enabled(if: ZoneData.edition(of: system) == ZoneData.toolchain))
    func `the system's files say the same as Foundation of the same edition`() throws {
        let zones = TimeZone.knownTimeZoneIdentifiers.filter { $0.contains("/") }
        var (compared, different) = (0, [String]())
        for identifier in zones {
            guard case .file(let file) = ZoneRules.find(identifier, in: Self.system),
                let own = TimeZone(identifier: identifier)
            else { continue }
            compared += 1
            let theirs = ZoneRules.toolchain(own)
            if let bad = Self.instants.first(where: { file.offset(at: $0) != theirs.offset(at: Instant(seconds: $0)) })
            {
                different.append("\(identifier) at \(Instant(seconds: bad))")
            }
        }
        #expect(compared > 300)
        #expect(different == [])
    }

    @Test(arguments: [
        // The rule, an instant, the offset in minutes.
        ("CET-1CEST,M3.5.0,M10.5.0/3", "2050-01-15T12:00:00Z", 60),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "2050-03-27T00:59:59Z", 60),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "2050-03-27T01:00:00Z", 120),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "2050-10-30T00:59:59Z", 120),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "2050-10-30T01:00:00Z", 60),
        // South of the equator summer spans the turn of the year.
        ("NZST-12NZDT,M9.5.0,M4.1.0/3", "2050-12-31T23:00:00Z", 780),
        ("NZST-12NZDT,M9.5.0,M4.1.0/3", "2050-07-01T00:00:00Z", 720),
        // Half an hour, a name of digits, a time before midnight, days counted (RFC 9636 §3.3.1 and POSIX).
        ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2050-12-01T00:00:00Z", 660),
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2050-03-27T00:59:59Z", -120),
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2050-03-27T01:00:00Z", -60),
        ("IST-2IDT,M3.4.4/26,M10.5.0", "2050-03-24T23:59:59Z", 120),
        ("IST-2IDT,M3.4.4/26,M10.5.0", "2050-03-25T00:00:00Z", 180),
        ("AAA0BBB,J60/0,J300/0", "2048-02-29T12:00:00Z", 0),
        ("AAA0BBB,J60/0,J300/0", "2048-03-01T00:00:00Z", 60),
        ("AAA0BBB,59/0,300/0", "2048-02-29T00:00:00Z", 60),
        // Summer all year.
        ("XXX3EDT4,0/0,J365/23", "2050-01-01T04:00:00Z", -240),
        ("XXX3EDT4,0/0,J365/23", "2050-07-01T00:00:00Z", -240),
        ("<+0545>-5:45", "2050-07-01T00:00:00Z", 345),
    ])
    func `a rule for all years`(_ text: String, _ instant: String, _ minutes: Int64) throws {
        let rule = try #require(PosixRule(text))
        #expect(rule.offset(at: try #require(Instant(instant)).seconds) == minutes * 60)
    }

    @Test(arguments: [
        "", "C-1", "CET", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0",
        "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,M3.5.0,M10.5.0/200", "CET-1CEST,J0,J300", "CET-1x", "<CET-1",
        "CET-99999999999999999999",
    ])
    func `what is no rule is refused`(_ text: String) {
        #expect(PosixRule(text) == nil)
    }

    @Test func `files that are cut, of version 1 or with leap seconds are refused`() throws {
        let bytes = ZoneBytes(transitions: [(1_000_000, 0), (2_000_000, 1)], types: [0, 3_600], footer: "CET-1").bytes
        let file = try #require(ZoneFile(bytes))
        #expect([0, 999_999, 1_500_000, 2_000_000].map { file.offset(at: $0) } == [0, 0, 0, 3_600])
        for length in 0..<bytes.count { #expect(ZoneFile(Array(bytes[..<length])) == nil, "\(length)") }
        var other = bytes
        other[4] = 0
        #expect(ZoneFile(other) == nil, "version 1")
        #expect(ZoneFile(ZoneBytes(transitions: [(1, 9)], types: [0], footer: "").bytes) == nil, "no such type")
        #expect(
            ZoneFile(ZoneBytes(transitions: [(2, 0), (1, 0)], types: [0], footer: "").bytes) == nil, "not in order")
        #expect(ZoneFile(ZoneBytes(transitions: [], types: [], footer: "").bytes) == nil, "no type")
        #expect(ZoneFile(ZoneBytes(transitions: [], types: [0], footer: "", leapSeconds: 1).bytes) == nil)
        let still = try #require(ZoneFile(ZoneBytes(transitions: [], types: [7_200], footer: "").bytes))
        #expect(still.offset(at: 5_000_000_000) == 7_200)
    }

    @Test func `rules of a folder count, and those of the toolchain where it has none`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "zones-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let europe = folder.appending(path: "Europe")
        try FileManager.default.createDirectory(at: europe, withIntermediateDirectories: true)
        let abolished = ZoneBytes(transitions: [], types: [3_600], footer: "CET-1").bytes
        for name in ["Paris", "Atlantis"] { try Data(abolished).write(to: europe.appending(path: name)) }
        try Data("no zone".utf8).write(to: europe.appending(path: "Berlin"))
        let path = folder.path(percentEncoded: false)
        let summer = try #require(Instant("2027-07-01T12:00:00Z"))
        func hours(_ name: String) -> Int64? { ZoneRules.find(name, in: path).map { $0.offset(at: summer) / 3_600 } }
        #expect(hours("Europe/Paris") == 1)
        #expect(hours("Europe/Atlantis") == 1, "a zone that the toolchain does not know yet")
        #expect(hours("Europe/Berlin") == 2 && hours("America/New_York") == -4)
        for name in ["Europe/../Europe/Paris", "/Europe/Paris", "Nowhere/Paris", "Europe/Mordor", "Europe"] {
            #expect(ZoneRules.find(name, in: path) == nil, "\(name)")
        }
        #expect(ZoneRules.find("Europe/Paris", in: nil)?.offset(at: summer) == 7_200)
    }

    @Test func `the edition stands in the files that come with the zones`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "zones-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = folder.path(percentEncoded: false)
        #expect(ZoneData.edition(of: path) == nil)
        try Data("2026a\n".utf8).write(to: folder.appending(path: "+VERSION"))
        #expect(ZoneData.edition(of: path) == "2026a")
        try Data("# version 2026b\n# more\n".utf8).write(to: folder.appending(path: "tzdata.zi"))
        #expect(ZoneData.edition(of: path) == "2026b")
        try Data("# version of today\n".utf8).write(to: folder.appending(path: "tzdata.zi"))
        #expect(ZoneData.edition(of: path) == "2026a")
        #expect(ZoneData.toolchain != nil)
        #expect(ZoneData.isNewer("2026a", than: "2025b") && !ZoneData.isNewer("2025b", than: "2025b"))
        #expect(!ZoneData.isNewer(nil, than: "2025b") && !ZoneData.isNewer("2025b", than: nil))
    }
}

/// A compiled zone, as `zic -b slim` writes it: nothing in the part for old readers.
struct ZoneBytes {
    let bytes: [UInt8]

    init(transitions: [(Int64, UInt8)], types: [Int32], footer: String, leapSeconds: UInt32 = 0) {
        func four(_ value: Int32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) } }
        func eight(_ value: Int64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * $0)) } }
        func header(_ counts: [Int]) -> [UInt8] {
            Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15) + counts.flatMap { four(Int32($0)) }
        }
        let names = Array("LMT\0".utf8)
        bytes =
            header([0, 0, 0, 0, 0, 0])
            + header([0, 0, Int(leapSeconds), transitions.count, types.count, names.count])
            + transitions.flatMap { eight($0.0) } + transitions.map(\.1) + types.flatMap { four($0) + [0, 0] } + names
            + [UInt8](repeating: 0, count: Int(leapSeconds) * 12) + Array("\n\(footer)\n".utf8)
    }
}
