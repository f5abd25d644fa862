import CivilTime
import ErrandCore
import Logging

/// Carries events of one subscription to the app and to the dead-letter topic.
struct Courier: Sendable {
    let subscription: Subscription
    let component: PubSubComponent
    let app: AppChannel
    let broker: any SidecarBroker
    let options: SidecarOptions
    let stop: Stop

    private var faults: Faults { app.faults }
    private var logger: Logger { app.logger }

    /// One try.
    func send(_ event: DeliveredEvent) async -> DeliveryVerdict {
        let headers = DeliveredEvent.headers(of: event.record, pubSub: subscription.pubSub)
        let answer = await post(JSONValue.object(event.event), Envelope.eventType, headers, trace: event.trace)
        return answer.map(DeliveryVerdict.init(single:)) ?? .retry(status: nil)
    }

    /// One try for a batch.
    func send(_ batch: [DeliveredEvent]) async -> [DeliveryVerdict] {
        let entries = batch.map { delivered -> JSONValue in
            let headers = DeliveredEvent.headers(of: delivered.record, pubSub: subscription.pubSub)
            var metadata = JSONObject()
            for header in headers { metadata[header.name] = .string(header.value) }
            return [
                "entryId": .string(Courier.entryID(of: delivered.record)), "event": .object(delivered.event),
                "metadata": .object(metadata), "contentType": .string(Envelope.eventType),
            ]
        }
        let first = batch.first?.record
        let body: JSONValue = [
            "id": .string("\(subscription.topic)-\(first?.partition ?? 0)-\(first?.offset ?? 0)"),
            "type": "com.dapr.event.sent.bulk", "topic": .string(subscription.topic),
            "pubsubname": .string(subscription.pubSub), "metadata": [:], "entries": .array(entries),
        ]
        let answer = await post(body, "application/json", [], trace: nil)
        return answer.map { DeliveryVerdict.bulk($0, entryIDs: batch.map { Courier.entryID(of: $0.record) }) }
            ?? batch.map { _ in .retry(status: nil) }
    }

    /// Puts a record aside, with its key, body and headers as they are.
    ///
    /// - Returns: whether it is dealt with: false when there is a topic for it that can't be written to now.
    func bury(_ record: BrokerRecord, because reason: String) async -> Bool {
        let place = "\(record.topic)/\(record.partition)@\(record.offset)"
        guard let topic = subscription.deadLetterTopic else {
            logger.warning("dropped \(place): \(reason)")
            return true
        }
        // Dead letters are published in the name of the app, so its scope holds for them too.
        guard component.allows(topic) else {
            logger.error("\(place) can't become a dead letter: \(topic) is not in the publishing scope")
            return false
        }
        do throws(BrokerError) {
            _ = try await broker.append(
                NewRecord(key: record.key, value: record.value, headers: record.headers), to: topic
            )
            logger.info("\(place) is a dead letter now: \(reason)")
            return true
        } catch {
            logger.error("\(place) can't become a dead letter: \(error.reason)")
            return false
        }
    }

    /// - Returns: nil when there is no answer, or it must not count.
    private func post(
        _ body: JSONValue, _ type: String, _ headers: [(name: String, value: String)], trace: String?
    ) async -> AppAnswer? {
        if faults.deliveryDelay > .zero { await stop.sleep(for: faults.deliveryDelay) }
        let request = AppRequest(
            path: subscription.route, headers: [("Content-Type", type)] + headers, body: body.serialized()
        )
        let answer = faults.happens(\.deliveredTwice) ? await twice(request, trace) : await once(request, trace)
        return faults.happens(\.deliveryAnswerLost) ? nil : answer
    }

    private func once(_ request: AppRequest, _ trace: String?) async -> AppAnswer? {
        do throws(AppCallError) {
            return try await app.call(request, trace: trace, timeout: faults.deliveryTimeout)
        } catch {
            logger.debug("no answer from \(request.path): \(error)")
            return nil
        }
    }

    /// Both are answered before anything else happens; the first answer counts.
    private func twice(_ request: AppRequest, _ trace: String?) async -> AppAnswer? {
        await withTaskGroup(of: AppAnswer?.self) { group in
            for _ in 0..<2 { group.addTask { await once(request, trace) } }
            let first = await group.next() ?? nil
            await group.waitForAll()
            return first
        }
    }

    private static func entryID(of record: BrokerRecord) -> String { "\(record.partition)-\(record.offset)" }
}
