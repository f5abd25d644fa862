import ErrandCore
import EventDelivery
import KafkaBus
import KafkaMock
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct SubscribeTests {
    private final class Window: UpdateSubscriber {
        let updates = Watched<[StoredEvent]>([])

        func receive(_ updates: [StoredEvent]) async { self.updates.change { $0 += updates } }
    }

    @Test func `every process gets every update from now on, in the order of each user's changes`() async throws {
        try await KafkaStage.with(users: 6) { stage in
            var maker = EventMaker()
            try await stage.publish(maker.rounds(2, of: .make(6), by: stage.users))
            let events = maker.rounds(20, of: .make(18), by: stage.users)
            let windows = [Window(), Window()]
            try await stage.withBus { bus in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for window in windows { group.addTask { await bus.run(window) } }
                    try await stage.notices.until { $0.filter { $0.text.hasPrefix("Follows") }.count == 2 }
                    await stage.kafka.append("nonsense", key: "x", to: Topic.taskUpdates.rawValue, partition: 0)
                    try await bus.publish(events)
                    for window in windows { try await window.updates.until { $0.count >= events.count } }
                    group.cancelAll()
                }
            }
            let expected = Dictionary(grouping: events, by: \.event.userID).mapValues { $0.map(\.changeNumber) }
            for window in windows {
                let told = Dictionary(grouping: window.updates.value, by: \.event.userID).mapValues {
                    $0.map(\.changeNumber)
                }
                #expect(told == expected)
            }
            let passedOver = stage.notices.value.filter { $0.level == .error && $0.text.contains("passed over") }
            #expect(passedOver.count == 2)
        }
    }

    @Test func `what is published while brokers come back is not missed`() async throws {
        try await KafkaStage.with(users: 2) { stage in
            var maker = EventMaker()
            let events = maker.rounds(5, of: .make(4), by: stage.users)
            let window = Window()
            try await stage.withBus { bus in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { await bus.run(window) }
                    try await stage.notices.until { $0.contains { $0.text.hasPrefix("Follows") } }
                    stage.kafka.goDown()
                    try await stage.withBus(deliveryTimeout: .seconds(1)) { other in
                        await #expect(throws: ErrandError.unavailable) { try await other.publish(events) }
                    }
                    stage.kafka.comeUp()
                    try await bus.publish(events)
                    try await window.updates.until { $0.count >= events.count }
                    group.cancelAll()
                }
            }
            #expect(Set(window.updates.value.map(\.changeNumber)) == Set(events.map(\.changeNumber)))
        }
    }
}
