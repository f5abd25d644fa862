import CivilTime
import Interchange
import TestSupport

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
        for (format, texts) in JSONSamples.good { good[format] = texts.map { Array($0.utf8) } }
    }

    func file(_ format: TaskFileFormat, seed: UInt64) -> [UInt8] {
        var generator = SeededGenerator(seed: seed)
        func below(_ count: Int) -> Int { Int.random(in: 0..<max(count, 1), using: &generator) }
        let own = good[format] ?? []
        var bytes = own[below(own.count)]
        if below(40) == 0 { return (0..<below(3_000)).map { _ in UInt8(below(256)) } }
        // Spoilt anyhow, JSON is hardly ever JSON.
        if JSONSamples.good[format] != nil, below(4) > 0 {
            for _ in 0..<1 + below(6) { JSONSamples.replaceValue(in: &bytes, using: &generator) }
            return bytes
        }
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
