import TaskLanguage

/// Finds the tasks that words of a sentence mean.
final class TaskFinder {
    let tasks: [KnownTask]
    let words: TalkWords
    private lazy var index = TitleIndex(tasks, words)
    private lazy var places = Dictionary(tasks.indices.map { (tasks[$0].number, $0) }) { first, _ in first }
    private var cache: [String: [TitleIndex.Hit]] = [:]

    /// Which tasks may be meant; where none of the first kind fits, those of the other.
    enum Pool {
        /// Open ones, then done ones.
        case live
        /// Done ones, then open ones.
        case done
        /// Deleted ones, then the others.
        case trash

        func rank(_ task: KnownTask) -> Int? {
            switch (self, task.status) {
            case (.live, .pending), (.done, .completed), (.trash, .deleted): 0
            case (.live, .completed), (.done, .pending): 1
            case (.trash, _): 1
            case (_, .deleted): nil
            }
        }
    }

    init(_ tasks: [KnownTask], _ words: TalkWords) {
        self.tasks = tasks
        self.words = words
    }

    func task(_ number: Int) -> KnownTask? { places[number].map { tasks[$0] } }

    /// One more than the highest.
    private(set) lazy var nextNumber = (tasks.indices.reduce(0) { max($0, tasks[$1].number) }) + 1

    private func hits(of word: String) -> [TitleIndex.Hit] {
        if let known = cache[word] { return known }
        let found = index.tasks(with: word)
        cache[word] = found
        return found
    }

    /// Numbers of the tasks whose titles have such a word.
    func numbers(with word: String) -> [Int] { hits(of: word).map { tasks[$0.task].number } }

    /// - Parameter words: in lower case.
    /// - Returns: numbers of the tasks that have all of these words, those that fit best only; empty when none has.
    func find(_ all: [String], in pool: Pool) -> [Int] {
        let telling = all.filter { !words.empty.contains($0) }
        let sought = telling.isEmpty ? all : telling
        guard !sought.isEmpty, sought.count <= 14 else { return [] }
        // The rarest first, so that there is little to compare.
        let all = sought.map { hits(of: $0) }.sorted { $0.count < $1.count }
        var found = all[0]
        for next in all.dropFirst() {
            if found.isEmpty { return [] }
            found = TaskFinder.common(found, next)
        }
        return best(found, count: sought.count, in: pool)
    }

    /// The tasks that are in both, with the worse of the fits.
    private static func common(_ left: [TitleIndex.Hit], _ right: [TitleIndex.Hit]) -> [TitleIndex.Hit] {
        var found: [TitleIndex.Hit] = []
        var place = 0
        for hit in left {
            while place < right.count, right[place].task < hit.task { place += 1 }
            guard place < right.count else { break }
            if right[place].task == hit.task {
                found.append(TitleIndex.Hit(task: hit.task, fit: min(hit.fit, right[place].fit)))
            }
        }
        return found
    }

    private func best(_ hits: [TitleIndex.Hit], count: Int, in pool: Pool) -> [Int] {
        for rank in 0...1 {
            let ranked = hits.filter { pool.rank(tasks[$0.task]) == rank }
            guard !ranked.isEmpty else { continue }
            let clear = ranked.filter { $0.fit != .rough }
            let good = clear.isEmpty ? ranked : clear
            if good.count > 1, good.count < 50 {
                // A title that these words are the whole of.
                let whole = good.filter { $0.fit == .exact && index.length(of: $0.task) == count }
                if whole.count == 1 { return [tasks[whole[0].task].number] }
            }
            return good.map { tasks[$0.task].number }.sorted()
        }
        return []
    }

    /// Those that share most of the words; at most three.
    func nearest(_ all: [String], in pool: Pool) -> [Int] {
        var counts = [UInt8](repeating: 0, count: tasks.count)
        var most: UInt8 = 0
        for word in all.prefix(20) where !words.empty.contains(word) {
            for hit in hits(of: word) {
                counts[hit.task] += 1
                most = max(most, counts[hit.task])
            }
        }
        guard most > 0 else { return [] }
        var found: [Int] = []
        for level in stride(from: most, to: 0, by: -1) {
            for task in counts.indices where counts[task] == level && pool.rank(tasks[task]) == 0 {
                found.append(tasks[task].number)
                if found.count == 3 { return found.sorted() }
            }
            if !found.isEmpty { break }
        }
        return found.sorted()
    }
}
