import CivilTime
import ErrandCore
import Foundation
import Recurrence
import TestSupport
import Testing

/// What python-dateutil and zoneinfo say about series and reminders around changes of the clocks;
/// `Tests/Fixtures/clock_vectors.py` writes the file and says what is in a line.
@Suite struct ClockVectorTests {
    private static func lines() throws -> [[String]] {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let checkedIn = tests.appending(path: "Fixtures/clock-vectors.tsv")
        let others = ProcessInfo.processInfo.environment["ERRAND_CLOCK_VECTORS"].map { URL(filePath: $0) }
        return try String(contentsOf: others ?? checkedIn, encoding: .utf8).split(separator: "\n")
            .map { $0.split(separator: "\t").map(String.init) }
    }

    @Test func `dateutil and zoneinfo agree on 10,000 occurrences and their reminders`() async throws {
        let lines = try Self.lines().filter { $0[0] != "today" }
        #expect(lines.count >= 10_000)
        for line in lines {
            await Task.yield()
            let vector = try Vector(line)
            let moment = try vector.moment
            let dates = try vector.dates()
            let zone = vector.zone
            #expect(dates.map { zone.instant(of: $0) } == vector.occurrences, "\(line)")
            let reminders = dates.map { moment.instant(for: vector.due(at: $0), vector.settings) }
            #expect(reminders == vector.reminders, "\(line)")
        }
    }

    @Test func `until the day ends, today is the day before`() throws {
        let lines = try Self.lines().filter { $0[0] == "today" }
        #expect(lines.count >= 500)
        for line in lines {
            let zone = try #require(Zone(identifier: line[1]))
            let end = try #require(DayEnd(line[2]))
            let now = Instant(seconds: try #require(Int64(line[3])))
            #expect(end.today(at: now, in: zone).description == line[4], "\(line)")
        }
    }
}

private struct Vector {
    let zone: Zone
    let kind: String
    let start: LocalDateTime
    let meaning: Substring
    let rule: RecurrenceRule
    let reminder: String
    let occurrences: [Instant]
    let reminders: [Instant]
    /// How many days after each due date its task is completed.
    let late: Int

    init(_ line: [String]) throws {
        zone = try #require(Zone(identifier: line[0]))
        kind = line[1]
        start = try #require(LocalDateTime(line[2]))
        let parts = line[3].split(separator: " ")
        meaning = parts[0]
        late = parts.count > 2 ? try #require(Int(parts[1])) : 0
        rule = try RecurrenceRule(String(try #require(parts.last)))
        reminder = line[4]
        occurrences = line[5].split(separator: ",").compactMap { Int64($0).map(Instant.init(seconds:)) }
        reminders = line[6].split(separator: ",").compactMap { Int64($0).map(Instant.init(seconds:)) }
    }

    /// A zoned task's zone is not its user's, so that it must not be asked.
    var settings: UserSettings {
        let elsewhere = Zone(identifier: "Asia/Kolkata") ?? .utc
        return .standard(in: kind == "zoned" ? elsewhere : zone)
    }

    var clock: DueClock {
        switch kind {
        case "date": .date
        case "floating": .floating
        default: .zoned(zone)
        }
    }

    func due(at local: LocalDateTime) -> Due {
        switch clock {
        case .date: .date(local.date)
        case .floating: .floating(local.date, local.time)
        case .zoned(let zone): .zoned(local.date, local.time, zone)
        }
    }

    var moment: Reminder.Moment {
        get throws {
            let parts = reminder.split(separator: " ")
            guard parts.count == 2 else { return .before(try #require(CalendarSpan(reminder))) }
            return .onDay(daysBefore: try #require(Int(parts[1])), try #require(LocalTime(String(parts[0]))))
        }
    }

    /// The first ones, as the rule has them or as one completion after the other brings them.
    func dates() throws -> [LocalDateTime] {
        if meaning == "after" { return try completed() }
        let set = RecurrenceSet(
            start: start, rule: meaning == "words" ? rule.clamped(to: start.date) : rule, zone: zone)
        return set.occurrences(in: Instant(seconds: 0)..<Instant(seconds: 40_000_000_000), limit: occurrences.count)
            .map(\.local)
    }

    private func completed() throws -> [LocalDateTime] {
        let noon = try #require(LocalTime(hour: 12, minute: 0))
        var series = TaskSeries(
            id: .make(), original: start,
            recurrence: TaskRecurrence(rule: rule, anchor: .completion, start: start),
            template: TaskTemplate(title: "", description: "", priority: .medium, tags: [], reminders: []),
            clock: clock
        )
        var found = [start]
        while found.count < occurrences.count {
            let completed = zone.instant(of: series.original.date.adding(days: late), at: noon)
            let next = try #require(series.next(completedAt: completed, settings))
            (series.original, series.index, series.recurrence) = (next.original, next.index, next.recurrence)
            found.append(next.original)
        }
        return found
    }
}
