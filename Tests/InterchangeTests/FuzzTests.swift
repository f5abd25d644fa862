import CivilTime
import Foundation
import Interchange
import TestSupport
import Testing

/// Files that went wrong in every way. `ERRAND_FUZZ_SECONDS` says how long all readers are tried together, that of
/// archives (`ArchivesTests`) among them; `ERRAND_FUZZ_SEED` where to begin.
@Suite struct FuzzTests {
    private static let formats: [TaskFileFormat] = [
        .csv, .ical, .todoist, .ticktick, .todotxt, .markdown, .taskwarrior, .vikunja, .microsoftToDo,
    ]
    /// Every reader here, and that of archives.
    private static let readers = formats.count + 1
    private static let options = WriterOptions(now: Instant(seconds: 1_790_000_000))
    private static let zones = ["UTC", "Pacific/Apia", "America/St_Johns"].compactMap { Zone(identifier: $0) }
    /// A file of this size is read within this time, whatever stands in it.
    private static let timeMax = Duration.seconds(5)

    private static func number(_ name: String) -> Int? { ProcessInfo.processInfo.environment[name].flatMap { Int($0) } }

    @Test(arguments: formats) func `no file stops a reader or keeps it going`(format: TaskFileFormat) throws {
        let milliseconds = (Self.number("ERRAND_FUZZ_SECONDS") ?? 10) * 1_000 / Self.readers
        let seed = UInt64(Self.number("ERRAND_FUZZ_SEED") ?? 1)
        let clock = ContinuousClock()
        let end = clock.now + .milliseconds(milliseconds)
        var round = seed
        var understood = 0
        let samples = try FuzzSamples(seed: seed)
        while clock.now < end {
            round += 1
            let bytes = samples.file(format, seed: round)
            let start = clock.now
            understood += check(bytes, format, seed: round)
            _ = TaskFiles.recognise(bytes, name: round.isMultiple(of: 2) ? "a.txt" : nil)
            #expect(clock.now - start < Self.timeMax, "seed \(round)")
        }
        // Otherwise only the refusal of broken files was tried.
        #expect(understood > 100)
    }

    /// - Returns: how many tasks there were.
    private func check(_ bytes: [UInt8], _ format: TaskFileFormat, seed: UInt64) -> Int {
        var entries: [ReadEntry] = []
        do throws(TaskFileError) {
            var reader = try reader(of: bytes, format, seed: seed)
            while let entry = try reader.next() {
                entries.append(entry)
                guard entries.count <= bytes.count + 1 else {
                    Issue.record("more entries than octets, seed \(seed)")
                    return 0
                }
            }
        } catch {
            if error.line < 1 || error.detail.isEmpty { Issue.record("\(error), seed \(seed)") }
        }
        let tasks = entries.compactMap(\.task)
        for entry in entries where entry.task == nil && entry.notes.isEmpty {
            Issue.record("left out without a word, seed \(seed)")
        }
        for task in tasks {
            let year = task.due?.date.year ?? 1
            if task.title.isEmpty || task.line < 1 || !(1...9999).contains(year) {
                Issue.record("\(task), seed \(seed)")
            }
        }
        write(tasks, seed: seed)
        return tasks.count
    }

    /// Tables of Todoist also as they come in archives.
    private func reader(
        of bytes: [UInt8], _ format: TaskFileFormat, seed: UInt64
    ) throws(TaskFileError) -> any TaskFileReader {
        let zone = Self.zones[Int(seed % UInt64(Self.zones.count))]
        let files = [ArchivedFile(name: "a/Work [1].csv", bytes: bytes), ArchivedFile(name: "b", bytes: bytes)]
        if seed.isMultiple(of: 2), let reader = TaskFiles.reader(ofAll: files, as: format) { return reader }
        return try TaskFiles.reader(of: bytes, as: format, ReaderOptions(zone: zone))
    }

    /// Whatever was read can be written, and be read again.
    private func write(_ tasks: [PortableTask], seed: UInt64) {
        for format in [TaskFileFormat.csv, .ical, .todotxt, .markdown] {
            do {
                let bytes = try written(Array(tasks.prefix(20)), format, Self.options)
                let read = try entries(bytes, format)
                if format == .csv, read.compactMap(\.task).count != min(tasks.count, 20) {
                    Issue.record("tasks were lost in a table, seed \(seed)")
                }
            } catch let error as TaskFileError where error.detail.hasPrefix("There is a NUL") {
                continue
            } catch {
                Issue.record("\(format): \(error), seed \(seed)")
            }
        }
    }
}
