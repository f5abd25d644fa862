/// Chooses, of everything that the pieces of a line can mean, what explains most of the whole line.
///
/// Dynamic programming from the end of the line: the best value from a place on, given which slots are taken.
/// What comes first wins where two are worth the same, so the first of two dates counts.
struct Choice {
    /// A candidate, and whether it is one too many of its kind.
    struct Pick {
        let candidate: Candidate
        let isSurplus: Bool
    }

    private let candidates: [[Candidate]]
    private static let states = 16

    init(_ candidates: [[Candidate]]) {
        self.candidates = candidates
    }

    func best() -> [Pick] {
        let count = candidates.count
        guard candidates.contains(where: { !$0.isEmpty }) else { return [] }
        var value = [Int](repeating: 0, count: (count + 1) * Self.states)
        for place in stride(from: count - 1, through: 0, by: -1) {
            for taken in 0..<Self.states {
                var best = value[(place + 1) * Self.states + taken]
                for candidate in candidates[place] { best = max(best, worth(candidate, taken, value)) }
                value[place * Self.states + taken] = best
            }
        }
        return picks(value)
    }

    private func next(_ candidate: Candidate, _ taken: Int) -> (taken: Int, isSurplus: Bool) {
        let slots = Int(candidate.slots.rawValue)
        return slots & taken == 0 ? (taken | slots, false) : (taken, true)
    }

    private func worth(_ candidate: Candidate, _ taken: Int, _ value: [Int]) -> Int {
        candidate.weight + value[candidate.places.upperBound * Self.states + next(candidate, taken).taken]
    }

    private func picks(_ value: [Int]) -> [Pick] {
        var picks: [Pick] = []
        var (place, taken) = (0, 0)
        while place < candidates.count {
            let best = value[place * Self.states + taken]
            guard let candidate = candidates[place].first(where: { worth($0, taken, value) == best }) else {
                place += 1
                continue
            }
            let following = next(candidate, taken)
            picks.append(Pick(candidate: candidate, isSurplus: following.isSurplus))
            (place, taken) = (candidate.places.upperBound, following.taken)
        }
        return picks
    }
}
