import CivilTime
import Interchange
import Recurrence
import Testing

@Suite struct RoundTripTests {
    private static let now = Instant(seconds: 1_790_000_000)
    private static let count = 3_000

    private func tasks(_ seed: UInt64) -> [PortableTask] {
        var maker = TaskMaker(seed: seed)
        return (0..<Self.count).map { _ in maker.next() }
    }

    /// What was read, without the lines that only the file has.
    private func read(_ bytes: [UInt8], _ format: TaskFileFormat) throws -> [PortableTask] {
        let entries = try entries(bytes, format)
        #expect(entries.flatMap(\.notes) == [])
        return entries.compactMap(\.task).map { task in
            var task = task
            task.line = 0
            return task
        }
    }

    private func expectEqual(_ read: [PortableTask], _ expected: [PortableTask], seed: UInt64) {
        #expect(read.count == expected.count, "seed \(seed)")
        for (left, right) in zip(read, expected) where left != right {
            #expect(left == right, "seed \(seed)")
            return
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func `a table gives back everything`(seed: UInt64) throws {
        let tasks = tasks(seed)
        let bytes = try written(tasks, .csv, WriterOptions(now: Self.now))
        #expect(TaskFiles.recognise(bytes, name: nil) == .csv)
        expectEqual(try read(bytes, .csv), tasks, seed: seed)
    }

    @Test func `what is read piece by piece is what was written, whatever it is written in`() async throws {
        let tasks = tasks(7)
        let bytes = try written(tasks, .csv, WriterOptions(now: Self.now))
        let units = String(decoding: bytes, as: UTF8.self).utf16
        let wide: [UInt8] = [0xFF, 0xFE] + units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        for content in [bytes, [0xEF, 0xBB, 0xBF] + bytes, wide] {
            #expect(content.count > 400_000, "far more than a window")
            var reader = try await TaskFiles.reader(of: HeldFile(content), as: .csv, ReaderOptions(wholeBytesMax: 0))
            var read: [PortableTask] = []
            while let entry = try reader.next() {
                guard var task = entry.task else { continue }
                task.line = 0
                read.append(task)
            }
            expectEqual(read, tasks, seed: 7)
        }
    }

    @Test func `a row and a line have a limit`() async throws {
        let long = Array("title\n".utf8) + [UInt8](repeating: 0x61, count: 5_000_000)
        for format in [TaskFileFormat.csv, .todotxt, .markdown] {
            var reader = try await TaskFiles.reader(of: HeldFile(long), as: format, ReaderOptions(wholeBytesMax: 0))
            let error = #expect(throws: TaskFileError.self) { while try reader.next() != nil {} }
            #expect(error?.line == 2 && error?.detail.contains("4194304") == true, "\(format)")
        }
    }

    @Test func `a NUL far within a file is told with its place`() async throws {
        let bytes = Array(String(repeating: "title,tags\r\n", count: 20_000).utf8) + Array("ab\0".utf8)
        let error = await #expect(throws: TaskFileError.self) {
            _ = try await TaskFiles.reader(of: HeldFile(bytes), as: .csv, ReaderOptions(wholeBytesMax: 0))
        }
        #expect(error?.line == 20_001 && error?.column == 3)
    }

    @Test(arguments: [4, 5, 6] as [UInt64], [false, true])
    func `iCalendar gives back everything that it can say`(seed: UInt64, asEvents: Bool) throws {
        let tasks = tasks(seed).filter { !$0.isInTrash && !(asEvents && $0.due == nil) }
        let options = WriterOptions(now: Self.now, asEvents: asEvents)
        let bytes = try written(tasks, .ical, options)
        #expect(TaskFiles.recognise(bytes, name: nil) == .ical)
        expectEqual(
            try read(bytes, .ical).map { sorted($0) }, tasks.map { sorted(said($0)) }, seed: seed)
    }

    /// Blanks at the ends of titles, and reminders of tasks without a date, cannot be said; days that are left out of a
    /// series with times become times.
    private func said(_ task: PortableTask) -> PortableTask {
        var task = task
        task.title = trimmed(task.title)
        task.reminders.removeAll { reminder in
            if case .at = reminder.moment { return false }
            return task.due == nil
        }
        guard let due = task.due, let time = due.time, let recurrence = task.recurrence else { return task }
        var times = recurrence.excludedTimes
        for day in recurrence.excludedDays {
            var found: [LocalDateTime] = []
            if case .rule(let rule) = recurrence.source, rule.frequency == .hourly || !rule.hours.isEmpty {
                let zone = due.zone ?? .utc
                let set = RecurrenceSet(
                    start: recurrence.start ?? LocalDateTime(due.date, time), rule: rule, zone: zone)
                let range = zone.instant(of: day, at: .midnight)..<zone.instant(of: day.adding(days: 1), at: .midnight)
                found = set.occurrences(in: range, limit: 2_000).map(\.local)
            }
            times += found.isEmpty ? [LocalDateTime(day, time)] : found
        }
        task.recurrence?.excludedDays = []
        task.recurrence?.excludedTimes = times
        return task
    }

    private func sorted(_ task: PortableTask) -> PortableTask {
        var task = task
        task.recurrence?.excludedTimes.sort()
        return task
    }

    private func trimmed(_ title: String) -> String {
        let blanks: Set<Unicode.Scalar> = [" ", "\t", "\n", "\r"]
        let rest = title.unicodeScalars.drop { blanks.contains($0) }
        return String(rest)
    }
}
