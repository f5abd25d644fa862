import Logging
import Synchronization

/// Reads the topic of one subscription and delivers what is in it, a lane per partition.
struct Subscriber: Sendable {
    let group: String
    let courier: Courier
    /// Where the consumer is entered, so that it can be paused and restarted.
    let consumers: ConsumerList

    /// Until the sidecar stops. Gives its partitions back with what is done; a task that is cancelled gives them back
    /// as a killed process does, without.
    func run() async {
        let topic = courier.subscription.topic
        let joined: any BrokerConsumer
        do throws(BrokerError) {
            joined = try await courier.broker.join(group: group, topic: topic, from: courier.component.initialOffset)
        } catch {
            courier.app.logger.error("can't read \(topic): \(error.reason)")
            return
        }
        let consumer = joined
        consumers.add(consumer)
        if courier.stop.isSet { await consumer.pause() }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await commit(consumer) }
            await deliver(consumer)
            group.cancelAll()
        }
        await consumer.leave(committing: !Task.isCancelled)
    }

    /// Starts a lane for every partition that comes in. One that is taken away ends its lane.
    private func deliver(_ consumer: any BrokerConsumer) async {
        await withDiscardingTaskGroup { group in
            var known: Set<Claim> = []
            var generation = 0
            while true {
                let current = await consumer.claims(after: generation)
                if current.isOver { return }
                generation = current.generation
                for claim in Set(current.claims).subtracting(known) {
                    group.addTask { await runLane(claim, consumer) }
                }
                known = Set(current.claims)
            }
        }
    }

    private func runLane(_ claim: Claim, _ consumer: any BrokerConsumer) async {
        if let bulk = courier.subscription.bulk {
            await BulkLane(claim: claim, consumer: consumer, courier: courier, bulk: bulk).run()
        } else {
            await PartitionLane(claim: claim, consumer: consumer, courier: courier).run()
        }
    }

    private func commit(_ consumer: any BrokerConsumer) async {
        while !Task.isCancelled {
            try? await Task.sleep(for: courier.options.commitInterval)
            if !Task.isCancelled { await consumer.commit() }
        }
    }
}

/// The consumers of one sidecar.
final class ConsumerList: Sendable {
    private let consumers = Mutex<[any BrokerConsumer]>([])

    func add(_ consumer: any BrokerConsumer) {
        consumers.withLock { $0.append(consumer) }
    }

    var all: [any BrokerConsumer] { consumers.withLock { $0 } }
}
