import Archives
import Foundation
import TestSupport
import Testing

/// Archives that went wrong in every way. `ERRAND_FUZZ_SECONDS` says how long this and all readers of task files
/// (`InterchangeTests`) are tried together, `ERRAND_FUZZ_SEED` where to begin.
@Suite struct ZipFuzzTests {
    /// This one, and those of task files.
    private static let readers = 10

    private static func number(_ name: String) -> Int? { ProcessInfo.processInfo.environment[name].flatMap { Int($0) } }

    @Test func `no archive stops the reader, or becomes more than it may`() {
        let milliseconds = (Self.number("ERRAND_FUZZ_SECONDS") ?? 10) * 1_000 / Self.readers
        var seed = UInt64(Self.number("ERRAND_FUZZ_SEED") ?? 1)
        let clock = ContinuousClock()
        let end = clock.now + .milliseconds(milliseconds)
        let limits = ZipLimits(entriesMax: 10, expandedBytesMax: 100_000, ratioMax: 50)
        let good = Self.good
        var unpacked = 0
        while clock.now < end {
            seed += 1
            let bytes = Self.spoilt(good, seed: seed)
            guard let archive = try? ZipArchive(bytes, limits) else { continue }
            #expect(archive.entries.count <= limits.entriesMax)
            for entry in archive.entries {
                guard let files = try? archive.unpacked([entry]) else { continue }
                unpacked += 1
                if files.map(\.count) != [entry.bytes] || entry.bytes > limits.expandedBytesMax {
                    Issue.record("\(entry.name), seed \(seed)")
                }
            }
        }
        // Otherwise only the refusal of broken archives was tried.
        #expect(unpacked > 100)
    }

    private static var good: [UInt8] {
        var maker = ZipMaker()
        maker.add("data.json", Array(String(repeating: "{\"title\": \"milk\"}\n", count: 200).utf8))
        maker.add("files/1", (0..<100).map { UInt8($0) }, isDeflated: false)
        maker.hasSizesBehind = true
        maker.add("Work [1].csv", Array("TYPE,CONTENT\ntask,a\n".utf8))
        return maker.archive
    }

    private static func spoilt(_ good: [UInt8], seed: UInt64) -> [UInt8] {
        var generator = SeededGenerator(seed: seed)
        var bytes = good
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            let place = Int.random(in: 0..<max(bytes.count, 1), using: &generator)
            // What says how many, how large and where stands at the end.
            let late = max(0, bytes.count - 1 - Int.random(in: 0..<240, using: &generator))
            switch Int.random(in: 0..<6, using: &generator) {
            case 0 where !bytes.isEmpty: bytes[place] = UInt8.random(in: 0...255, using: &generator)
            case 1, 2: bytes[late] = [0, 1, 0x7F, 0x80, 0xFE, 0xFF].randomElement(using: &generator) ?? 0
            case 3: bytes.removeSubrange(place..<min(place + 5, bytes.count))
            case 4: bytes.insert(contentsOf: bytes[late...].prefix(30), at: place)
            default: bytes[late] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            }
        }
        return bytes
    }
}
