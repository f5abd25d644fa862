import CivilTime
import Foundation
import Interchange
import TestSupport
import Testing

/// Files that went wrong in every way. `ERRAND_FUZZ_SECONDS` says how long each reader is tried,
/// `ERRAND_FUZZ_SEED` where to begin.
@Suite struct FuzzTests {
    private static let formats: [TaskFileFormat] = [.csv, .ical, .todoist, .ticktick, .todotxt, .markdown]
    private static let options = WriterOptions(now: Instant(seconds: 1_790_000_000))
    /// A file of this size is read within this time, whatever stands in it.
    private static let timeMax = Duration.seconds(5)

    private static func number(_ name: String) -> Int? { ProcessInfo.processInfo.environment[name].flatMap { Int($0) } }

    @Test(arguments: formats) func `no file stops a reader or keeps it going`(format: TaskFileFormat) throws {
        let seconds = Self.number("ERRAND_FUZZ_SECONDS") ?? 2
        let seed = UInt64(Self.number("ERRAND_FUZZ_SEED") ?? 1)
        let clock = ContinuousClock()
        let end = clock.now + .seconds(seconds)
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
            var reader = try TaskFiles.reader(of: bytes, as: format)
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

/// Good files, and ways to spoil them.
struct FuzzSamples {
    private var good: [TaskFileFormat: [[UInt8]]] = [:]
    private static let pieces: [String] = [
        "\"", "\"\"", ",", ";", "\t", "\r", "\n", "\r\n", "\r\n ", ":", "\\", "=", "'", "#", "@", "+", "- [ ] ", "x ",
        "(A) ", "BEGIN:VTODO\r\n", "END:VTODO\r\n", "BEGIN:VALARM\r\n", "RRULE:FREQ=DAILY;COUNT=9999\r\n",
        "TRIGGER:-P99999999D\r\n", "TRIGGER:PT99999999H\r\n", "DUE:99991231T235959\r\n", "DUE:00010101T000000Z\r\n",
        "DURATION:P99999999W\r\n", "RECURRENCE-ID:20260101\r\n", "EXDATE:00010101\r\n", "TZID=Pacific/Apia:",
        "task,", "note,", "section,", "every!", "due:9999-12-31 ", "rec:+9999y ", "2026-01-01", "\u{0}", "\u{FEFF}",
        "😀", "\u{301}", "\u{202E}", "99999999999999999999", "-9223372036854775808", "FREQ=HOURLY;BYHOUR=1",
    ]

    init(seed: UInt64) throws {
        var maker = TaskMaker(seed: seed)
        let tasks = (0..<12).map { _ in maker.next() }
        for format in [TaskFileFormat.csv, .ical, .todotxt, .markdown] {
            let options = WriterOptions(now: Instant(seconds: 1_790_000_000))
            good[format] = [try written(tasks, format, options), try written(Array(tasks.prefix(2)), format, options)]
        }
        let todoist =
            "TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE,DEADLINE\n"
            + "task,Buy @shop milk,\"two\nlines\",1,1,Ada (1),,2026-01-02 10:00,en,Europe/Berlin,\nnote,hm,,,,,,,,,\n"
            + "section,Later,,,,,,,,,\ntask,Sub,,4,2,,Bob,every! 3 days,en,,2026-02-01\n"
        good[.todoist] = [Array(todoist.utf8)]
        let ticktick =
            "\"Version: 7.1\"\n\"Folder Name\",\"List Name\",\"Title\",\"Kind\",\"Tags\",\"Content\","
            + "\"Start Date\",\"Due Date\",\"Reminder\",\"Repeat\",\"Priority\",\"Status\",\"Timezone\",\"taskId\","
            + "\"parentId\"\n\"F\",\"L\",\"T\",\"CHECKLIST\",\"a,b\",\"▫x\",\"\",\"2026-01-02T08:00:00+0000\","
            + "\"-PT5M\",\"FREQ=DAILY\",\"5\",\"1\",\"Asia/Tokyo\",\"1\",\"\"\n"
            + "\"\",\"L\",\"U\",\"TEXT\",,,,,,,,,,\"2\",\"1\"\n"
        good[.ticktick] = [Array(ticktick.utf8)]
    }

    func file(_ format: TaskFileFormat, seed: UInt64) -> [UInt8] {
        var generator = SeededGenerator(seed: seed)
        func below(_ count: Int) -> Int { Int.random(in: 0..<max(count, 1), using: &generator) }
        let own = good[format] ?? []
        var bytes = own[below(own.count)]
        if below(40) == 0 { return (0..<below(3_000)).map { _ in UInt8(below(256)) } }
        for _ in 0..<1 + below(6) {
            let place = below(bytes.count + 1)
            let end = min(place + below(60), bytes.count)
            switch below(8) {
            case 0 where !bytes.isEmpty: bytes[min(place, bytes.count - 1)] = UInt8(below(256))
            case 1: bytes.removeSubrange(place..<end)
            case 2: bytes.insert(contentsOf: bytes[place..<end], at: below(bytes.count + 1))
            case 3 where below(4) == 0: bytes.removeSubrange(place...)
            case 4 where below(4) == 0:
                let others = TaskFileFormat.allCases.flatMap { good[$0] ?? [] }
                let other = others[below(others.count)]
                let start = below(other.count)
                bytes.replaceSubrange(place..<end, with: other[start..<min(start + 400, other.count)])
            case 5 where below(8) == 0:
                bytes = String(decoding: bytes, as: UTF8.self).utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
            default: bytes.insert(contentsOf: Self.pieces[below(Self.pieces.count)].utf8, at: place)
            }
        }
        return bytes
    }
}
