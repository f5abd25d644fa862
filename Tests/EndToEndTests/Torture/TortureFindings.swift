import CivilTime
import ErrandCore
import Foundation
import Testing

/// What came where, held against what was promised.
struct TortureFindings: Sendable {
    /// Of all that have arrived: when, against when they were due.
    private struct Lateness {
        var values: [Duration] = []

        /// Of `share` of them, at most.
        func percentile(_ share: Double) -> Duration {
            let sorted = values.sorted()
            guard !sorted.isEmpty else { return .zero }
            return sorted[min(Int(Double(sorted.count) * share), sorted.count - 1)]
        }

        var words: String {
            let figures = [("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("max", 1)].map { name, share in
                "\(name) \(Int(percentile(share) / .milliseconds(1))) ms"
            }
            return "\(values.count): " + figures.joined(separator: ", ")
        }
    }

    /// Percentiles of delays.
    static func words(_ delays: [Duration]) -> String { Lateness(values: delays).words }

    /// What the database says of a delivery that has not ended.
    struct Open: Sendable {
        let state: Delivery.State
        let nextAt: Instant
    }

    let torture: Torture
    let first: Instant
    let people: [Torture.Person]
    let kills: [Torture.Kill]
    let arrivals: [Receivers.Place: [Receivers.Arrival]]
    let open: [Receivers.Place: Open]

    /// All deliveries of one health that there have to be.
    private func places(_ health: Receivers.Health, _ kind: ChannelKind? = nil) -> [Receivers.Place] {
        (0..<torture.reminders).flatMap { reminder in
            people[torture.person(of: reminder)].channels.filter {
                $0.health == health && (kind == nil || $0.kind == kind)
            }.map { Receivers.Place(channel: $0.name, reminder: reminder) }
        }
    }

    private func taken(_ place: Receivers.Place) -> [Receivers.Arrival] {
        arrivals[place, default: []].filter(\.isTaken)
    }

    private func lateness(_ place: Receivers.Place) -> Duration? {
        taken(place).first.map { $0.at - torture.instant(of: place.reminder, from: first) }
    }

    /// Arrivals that came late enough for a process that died to be the reason.
    var late: [Receivers.Place] {
        places(.healthy).filter { lateness($0) ?? .zero > .seconds(2) }
    }

    /// How many have come to a channel that is well.
    static func healthy(_ arrivals: [Receivers.Place: [Receivers.Arrival]]) -> Int {
        arrivals.count { $0.key.channel.hasSuffix("healthy") && $0.value.contains(where: \.isTaken) }
    }

    /// Whether nothing more comes soon: of channels that are flaky, what is left waits for the usual pause.
    static func isQuiet(_ open: [Receivers.Place: Open]) -> Bool {
        let soon = Torture.now() + .seconds(5)
        return !open.contains { place, delivery in
            place.channel.hasSuffix("healthy")
                || place.channel.hasSuffix("flaky") && (delivery.state != .waiting || delivery.nextAt < soon)
        }
    }

    /// All that has not ended, in one transaction.
    static func open(_ deployment: Deployment) async throws -> [Receivers.Place: Open] {
        let later = Torture.now() + .days(2)
        return try await deployment.withStore { store in
            try await store.read { (transaction) throws(ErrandError) in
                var open: [Receivers.Place: Open] = [:]
                for kind in [ChannelKind.webhook, .ntfy] {
                    for one in try transaction.deliveries.due(kind, at: later, except: [], limit: 1_000_000) {
                        guard let number = Torture.number(in: one.notification.title),
                            let nextAt = one.delivery.nextAt
                        else { continue }
                        let place = Receivers.Place(channel: one.destination.name, reminder: number)
                        open[place] = Open(state: one.delivery.state, nextAt: nextAt)
                    }
                }
                return open
            }
        }
    }

    /// Holds everything that came against the promise.
    ///
    /// - Parameters:
    ///   - takenOver: deliveries that more than one process had begun, as receipts say.
    ///   - isPaced: whether the machine has time for the pace that is promised.
    /// - Returns: figures, in a few lines.
    func check(takenOver: Set<Receivers.Place>, isPaced: Bool) -> String {
        let (healthy, flaky, dead) = (places(.healthy), places(.flaky), places(.dead))
        let lost = healthy.filter { taken($0).isEmpty } + flaky.filter { taken($0).isEmpty && open[$0] == nil }
        #expect(lost.isEmpty, "\(lost.count) are lost: \(lost.prefix(3))")
        #expect(dead.allSatisfy { open[$0] != nil }, "what nobody takes is kept")
        let unmeant = Set(arrivals.keys).subtracting(healthy + flaky + dead)
        #expect(unmeant.isEmpty, "nothing comes that should not: \(unmeant.prefix(3))")
        let keys = arrivals.values.filter { Set($0.map(\.key)).count > 1 }
        #expect(keys.isEmpty, "all attempts have the same key")
        let (windows, unexplained) = repeats()
        #expect(unexplained.isEmpty, "\(unexplained.count) came again though nobody died: \(unexplained.prefix(3))")
        var (all, outside) = (Lateness(), Lateness())
        for place in healthy {
            guard let value = lateness(place) else { continue }
            #expect(value > .seconds(-1), "none comes early")
            all.values.append(value)
            if !takenOver.contains(place) { outside.values.append(value) }
        }
        if isPaced { #expect(outside.percentile(0.99) < .seconds(2), "p99 of what no process died over") }
        #expect(Set(arrivals.keys.map(\.channel)).contains { $0.hasSuffix("dead") }, "the dead ones were tried")
        let ways = [ChannelKind.webhook, .ntfy].map { kind in
            "  healthy \(kind.rawValue) \(Lateness(values: places(.healthy, kind).compactMap(lateness)).words)"
        }
        let (once, again) = (flaky.filter { isTakenAtOnce($0) }, flaky.filter { !isTakenAtOnce($0) })
        let lines =
            [
                "deliveries: \(torture.reminders) reminders in \(torture.spread), \(people.count) people, "
                    + "\(kills.count) kills; \(healthy.count + flaky.count + dead.count) deliveries, "
                    + "\(arrivals.values.map(\.count).reduce(0, +)) arrivals, \(windows) taken twice, "
                    + "\(takenOver.count) late since a process died over them",
                "  healthy \(all.words)", "  healthy, nobody died over them, \(outside.words)",
            ] + ways + [
                "  flaky, at the first try \(Lateness(values: once.compactMap(lateness)).words)",
                "  flaky, after others \(Lateness(values: again.compactMap(lateness)).words); "
                    + "\(flaky.count { taken($0).isEmpty }) wait for the usual pause",
                "  dead \(dead.count), tried \(dead.count { arrivals[$0] != nil })",
            ]
        return lines.joined(separator: "\n") + "\n"
    }

    private func isTakenAtOnce(_ place: Receivers.Place) -> Bool {
        arrivals[place]?.first?.isTaken == true
    }

    /// What was taken more than once: how often, and where no process died between the two, which is no window.
    private func repeats() -> (windows: Int, unexplained: [Receivers.Place]) {
        var (windows, unexplained) = (0, [Receivers.Place]())
        for (place, all) in arrivals {
            let taken = all.filter(\.isTaken)
            for (one, next) in zip(taken, taken.dropFirst()) {
                windows += 1
                // It takes a moment to record what was sent, a longer one where others want the machine.
                let recorded = one.at + .seconds(2) * max(torture.busyness, 1)
                let isExplained = kills.contains { $0.back >= one.at && $0.at <= min(recorded, next.at) }
                if !isExplained { unexplained.append(place) }
            }
        }
        return (windows, unexplained)
    }
}
