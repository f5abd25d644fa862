import CivilTime
import Interchange
import Recurrence
import TestSupport

/// Makes tasks with everything that a task can have, the same ones from the same seed.
struct TaskMaker {
    private var generator: SeededGenerator
    private var number = 0

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    private static let words = [
        "milk", "=SUM(A1)", "+1", "-", "@home", "'", "\"quoted\"", "a,b", "a;b", "\t", "Grüße", "😀👩‍👩‍👧", "שלום",
        "\u{202B}rtl\u{202C}", "\\n", "\\", "BEGIN:VTODO", "é", "e\u{301}", "日本語", "x: y", "#tag", "|",
    ]
    private static let zones = [
        "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia", "UTC",
    ].compactMap { Zone(identifier: $0) }
    private static let rules = [
        "FREQ=DAILY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "FREQ=MONTHLY;BYDAY=-1FR",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=HOURLY;INTERVAL=6", "FREQ=DAILY;BYHOUR=8,20;BYMINUTE=30", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=WEEKLY;WKST=SU", "FREQ=DAILY;INTERVAL=3;COUNT=40",
    ].compactMap { try? RecurrenceRule($0) }

    private mutating func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &generator) }
    private mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
    private mutating func one<T>(of items: [T]) -> T { items[below(items.count)] }

    private mutating func words(_ count: Int, separators: [String]) -> String {
        (0..<count).map { _ in one(of: Self.words) + one(of: separators) }.joined()
    }

    private mutating func date() -> LocalDate { LocalDate(daysSinceEpoch: 18_000 + below(6_000)) }

    private mutating func time() -> LocalTime {
        LocalTime(hour: below(24), minute: below(60), second: chance(10) ? below(60) : 0) ?? .midnight
    }

    private mutating func instant() -> Instant { Instant(seconds: 1_500_000_000 + Int64(below(500_000_000))) }

    mutating func next() -> PortableTask {
        number += 1
        var task = PortableTask(title: "\(words(1 + below(4), separators: ["", " "]))\(number)")
        task.key = "key-\(number)"
        if chance(50) { task.description = words(below(8), separators: ["", " ", "\n", "\n\n"]) }
        if chance(50) { task.priority = one(of: PortablePriority.allCases) }
        for _ in 0..<below(4) {
            let tag = one(of: ["home", "a b", "x;y", "ärger", "😀", "=1", "p|q"])
            if !task.tags.contains(tag) { task.tags.append(tag) }
        }
        if chance(70) {
            task.due = PortableDue(date: date())
            if chance(60) {
                task.due?.time = time()
                if chance(60) { task.due?.zone = one(of: Self.zones) }
            }
        }
        if let due = task.due, chance(50) { task.recurrence = recurrence(due) }
        for _ in 0..<below(3) {
            let reminder = reminder()
            if !task.reminders.contains(reminder) { task.reminders.append(reminder) }
        }
        task.isCompleted = chance(30)
        if task.isCompleted { task.completedAt = instant() }
        if chance(80) { task.createdAt = instant() }
        if chance(80) { task.updatedAt = instant() }
        task.isInTrash = chance(10)
        return task
    }

    private mutating func recurrence(_ due: PortableDue) -> PortableRecurrence {
        var recurrence = PortableRecurrence(.rule(one(of: Self.rules)), countsFromCompletion: chance(20))
        if chance(10) { recurrence.source = .words("every other friday") }
        if chance(30) {
            let time = due.time ?? .midnight
            recurrence.start = LocalDateTime(due.date.adding(days: -1 - below(30)), time)
        }
        for _ in 0..<below(3) {
            let day = due.date.adding(days: 1 + below(100))
            if due.time == nil || chance(50) {
                recurrence.excludedDays.append(day)
            } else {
                recurrence.excludedTimes.append(LocalDateTime(day, time()))
            }
        }
        return recurrence
    }

    private mutating func reminder() -> PortableReminder {
        let every = chance(20) ? CalendarSpan(seconds: 60 * (1 + below(90))) : nil
        switch below(3) {
        case 0:
            return PortableReminder(.before(CalendarSpan(days: below(9), seconds: 60 * below(900))), repeatEvery: every)
        case 1: return PortableReminder(.onDay(daysBefore: below(8), time()), repeatEvery: every)
        default: return PortableReminder(.at(instant()), repeatEvery: every)
        }
    }
}
