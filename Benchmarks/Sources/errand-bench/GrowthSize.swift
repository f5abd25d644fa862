/// How many people have how many tasks.
struct GrowthSize: Sendable {
    /// Whoever has most has a tenth of all, and no more than this.
    static let heavyMax = 100_000

    let tasks: Int
    let people: Int

    /// - Parameter people: all but one have the same number of tasks; nil for 1,000 tasks each.
    init(tasks: Int, people: Int?) {
        self.tasks = tasks
        self.people = max(people ?? tasks / 1_000, 2)
    }

    /// Tasks of whoever has most.
    var heavy: Int { min(tasks / 10, GrowthSize.heavyMax) }

    /// Tasks of each of the others.
    var each: Int { max((tasks - heavy) / (people - 1), 1) }

    static let heavyName = "heavy"

    /// Number `index` of the others, from 1.
    static func name(_ index: Int) -> String { "person\(index)" }
}
