import CivilTime
import ErrandCore

/// An order of a loop's own in which it takes what is due: loops that all took the first would find most of it taken.
struct Preference: Sendable {
    private let key: UInt64

    /// - Parameter bytes: random ones, of which eight count.
    init(_ bytes: [UInt8]) {
        key = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Another order at every instant, so that nothing is the last every time.
    func sorted(_ due: [DueDelivery], at now: Instant) -> [DueDelivery] {
        let seed = key ^ UInt64(bitPattern: now.milliseconds)
        return due.map { (rank(of: $0.delivery.id, seed), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
    }

    /// FNV-1a of the seed and the id (<http://www.isthe.com/chongo/tech/comp/fnv/>).
    private func rank(of id: DeliveryID, _ seed: UInt64) -> UInt64 {
        let bytes = (0..<8).map { UInt8(truncatingIfNeeded: seed >> ($0 * 8)) } + id.description.utf8
        return bytes.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    }
}
