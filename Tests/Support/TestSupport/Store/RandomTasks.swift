import CivilTime
import ErrandCore

/// Tasks and filters from so few values that ties and misses are common.
struct RandomTasks {
    private var generator: SeededGenerator
    private let words = ["milk", "Milkshake", "report", "RE", "café", "🎉", "pay-rent", "ñandú", "a", "the \"end\""]
    private let tagNames = ["Work", "home", "Café", "x y"]

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    private mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &generator) }

    private mutating func text(_ count: Int) -> String {
        (0..<count).map { _ in words[below(words.count)] }.joined(separator: " ")
    }

    private mutating func instant() -> Instant { .testStart + .hours(Int64(below(9))) }

    private mutating func due() -> Due? {
        let date = LocalDate(daysSinceEpoch: 20_467 + below(3))
        switch below(4) {
        case 0: return .date(date)
        case 1: return .floating(date, .midnight)
        case 2: return .zoned(date, below(2) == 0 ? .midnight : LocalTime(hour: 10, minute: 0) ?? .midnight, .utc)
        default: return nil
        }
    }

    mutating func tasks(count: Int, owner: UserID) -> [TodoTask] {
        var tasks: [TodoTask] = []
        for number in 1...count {
            let id = TaskID(UniqueID.version7(at: instant(), using: &generator))
            var task = TodoTask.make(
                id: id, owner: owner, number: Int64(number), title: text(1 + below(3)),
                description: text(below(3)), priority: Priority.allCases[below(4)],
                tags: tagNames.filter { _ in below(3) == 0 }, due: due(),
                completedAt: below(2) == 0 ? instant() : nil, deletedAt: below(6) == 0 ? instant() : nil,
                createdAt: instant(), updatedAt: instant()
            )
            // Two may have the same: an undo brings back what was taken meanwhile.
            task.position = [nil, nil, "V", "V001", "V001V", "Uzzz", "a", "Z"][below(8)].flatMap { PositionKey($0) }
            tasks.append(task)
        }
        return tasks
    }

    mutating func filter() -> TaskFilter {
        let searches = [
            "milk", "re", "\"milk report\"", "-cafe", "caf -milk", "pay rent", "PAY-R", "🎉", "a", "end", "!",
        ]
        var filter = TaskFilter()
        if below(3) == 0 { filter.search = SearchQuery(searches[below(searches.count)]) }
        filter.status = [.all, .all, .pending, .completed][below(4)]
        if below(3) == 0 { filter.priorities = Set(Priority.allCases.filter { _ in below(2) == 0 }) }
        if below(3) == 0 { filter.tagKeys = tagNames.filter { _ in below(2) == 0 }.map { Tag(name: $0).key } }
        filter.anyTag = below(2) == 0
        switch below(8) {
        case 0: filter.due = [.overdue(asOf: instant() + .days(1))]
        case 1: filter.due = [.within(from: instant(), to: below(2) == 0 ? nil : instant() + .days(1))]
        case 2: filter.due = [.none]
        case 3: filter.due = [.within(from: nil, to: instant() + .days(1)), .overdue(asOf: instant() + .days(2))]
        default: break
        }
        filter.inTrash = below(5) == 0
        return filter
    }

    mutating func pageSize() -> Int { [1, 4, 13, 50, 200][below(5)] }
}
