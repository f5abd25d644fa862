import TaskLanguage

/// Finds the tasks that words of a sentence mean.
final class TaskFinder {
    let tasks: [KnownTask]
    let words: TalkWords
    private let index: TitleIndex
    private let places: [Int: Int]
    private var cache: [String: [Int: TitleIndex.Fit]] = [:]

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
        index = TitleIndex(tasks, words)
        places = Dictionary(tasks.enumerated().map { ($1.number, $0) }) { first, _ in first }
    }

    func task(_ number: Int) -> KnownTask? { places[number].map { tasks[$0] } }

    func fits(of word: String) -> [Int: TitleIndex.Fit] {
        if let known = cache[word] { return known }
        let found = index.tasks(with: word)
        cache[word] = found
        return found
    }

    /// - Parameter words: in lower case.
    /// - Returns: numbers of the tasks that have all of these words, those that fit best only; empty when none has.
    func find(_ all: [String], in pool: Pool) -> [Int] {
        let telling = all.filter { !words.empty.contains($0) }
        let sought = telling.isEmpty ? all : telling
        guard !sought.isEmpty, sought.count <= 14 else { return [] }
        var fits: [Int: TitleIndex.Fit]?
        for word in sought {
            let next = self.fits(of: word)
            fits = fits.map { known in
                known.reduce(into: [:]) { result, entry in
                    if let fit = next[entry.key] { result[entry.key] = min(entry.value, fit) }
                }
            } ?? next
            if fits?.isEmpty ?? true { return [] }
        }
        return best(fits ?? [:], count: sought.count, in: pool)
    }

    private func best(_ fits: [Int: TitleIndex.Fit], count: Int, in pool: Pool) -> [Int] {
        for rank in 0...1 {
            let ranked = fits.filter { pool.rank(tasks[$0.key]) == rank }
            guard let top = ranked.values.map({ $0 == .rough ? 0 : 1 }).max() else { continue }
            let good = ranked.filter { ($0.value == .rough ? 0 : 1) == top }.keys
            // A title that these words are the whole of.
            let whole = good.filter { index.lengths[$0] == count && ranked[$0] == .exact }
            let chosen = whole.count == 1 && good.count > 1 && top == 1 ? whole : Array(good)
            return chosen.map { tasks[$0].number }.sorted()
        }
        return []
    }

    /// Those that share most of the words; at most three.
    func nearest(_ all: [String], in pool: Pool) -> [Int] {
        var counts: [Int: Int] = [:]
        for word in all where !words.empty.contains(word) {
            for place in fits(of: word).keys where pool.rank(tasks[place]) == 0 { counts[place, default: 0] += 1 }
        }
        let most = counts.values.max() ?? 0
        return counts.filter { $0.value == most }.map { tasks[$0.key].number }.sorted().prefix(3).map { $0 }
    }
}
