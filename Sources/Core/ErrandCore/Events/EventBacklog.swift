public import CivilTime

/// What of the log somebody has not looked at yet, for operators to see.
public struct EventBacklog: Hashable, Sendable {
    /// Events that are counted; how many more there are nobody needs to know who sees this number.
    public static let countMax = 10_000

    /// How many there are of each type, the oldest ``countMax`` of all.
    public var counts: [EventType: Int] = [:]
    /// When the oldest of them happened; nil when there is none.
    public var oldest: Instant?

    public init() {}

    /// How many there are of these types, by the topic they are published on. Topics of which none waits are in it
    /// too, with 0.
    ///
    /// - Parameter types: nil for all.
    public func countsByTopic(of types: Set<EventType>?) -> [Topic: Int] {
        var sums = Dictionary(uniqueKeysWithValues: EventTypes.topics(of: types).map { ($0, 0) })
        for (type, count) in counts where types?.contains(type) ?? true {
            if let topic = EventTypes.row(of: type)?.topic { sums[topic, default: 0] += count }
        }
        return sums
    }

    /// How many there are of all types.
    public var total: Int { counts.values.reduce(0, +) }
}
