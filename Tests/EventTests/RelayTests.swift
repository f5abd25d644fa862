import CivilTime
import ErrandCore
import EventDelivery
import TestSupport
import Testing

@Suite struct RelayTests {
    @Test func `a bus that takes longer than the lease is not handed the same events for ever`() async throws {
        try await EventStore.with { store in
            try await store.add("Slow")
            let bus = SlowBus(clock: store.clock)
            let relay = OutboxRelay(environment: store.environment, bus: bus, holder: UserID.make().value)
            let first = try await relay.runOnce()
            #expect(first.published == 1)
            let second = try await relay.runOnce()
            #expect(second.published == 0)
        }
    }

    @Test func `who has taken over meanwhile publishes once more what was on its way`() async throws {
        try await EventStore.with { store in
            try await store.add("Slow")
            let other = OutboxRelay(
                environment: store.environment, bus: SlowBus(clock: store.clock, delay: .zero),
                holder: UserID.make().value
            )
            let bus = SlowBus(clock: store.clock) { _ = try? await other.runOnce() }
            let relay = OutboxRelay(environment: store.environment, bus: bus, holder: UserID.make().value)
            let report = try await relay.runOnce()
            #expect(report.published == 0, "the other one has published and marked it")
            #expect(try await relay.runOnce().isStandingBy)
        }
    }
}

/// Takes its time by the clock of the test.
private struct SlowBus: EventBus {
    let clock: ManualClock
    var delay = OutboxRelay.lease + .seconds(1)
    var meanwhile: @Sendable () async -> Void = {}

    func publish(_ events: [StoredEvent]) async throws(ErrandError) {
        clock.advance(by: delay)
        await meanwhile()
    }

    func run(_ consumer: any EventConsumer) async {}

    func run(_ subscriber: any UpdateSubscriber) async {}
}
