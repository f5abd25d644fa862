import ErrandCore
import ErrandHTTP
import Hummingbird
import Logging
import NIOCore

extension DaprRoutes {
    /// How long the answer waits for roles that are still starting. It is a fraction of a second; a role that does not
    /// come is a programmer's error, and better told late than never.
    static let registrationPatience = Duration.seconds(5)
    private static let registrationPause = Duration.milliseconds(20)

    /// What this process subscribes to
    /// (<https://docs.dapr.io/developing-applications/building-blocks/pubsub/subscription-methods/>).
    func subscriptions() async -> JSONValue {
        guard configuration.subscriptions == .programmatic else { return [] }
        let end = ContinuousClock.now + DaprRoutes.registrationPatience
        var registered = deliveries.registered()
        while !roles.isSubset(of: registered.map(\.role)), ContinuousClock.now < end, !Task.isCancelled {
            try? await Task.sleep(for: DaprRoutes.registrationPause)
            registered = deliveries.registered()
        }
        let missing = roles.subtracting(registered.map(\.role))
        if !missing.isEmpty {
            logger.error(
                "The sidecar asked for subscriptions before all roles ran",
                metadata: ["missing": "\(missing.map(\.rawValue).sorted())"]
            )
        }
        // One per topic: an app has one consumer group, so each event comes to this process once, for all its roles.
        let events = Topic.allCases.compactMap { topic in
            registered.first { $0.topics.contains(topic) }.map { subscription(to: topic, for: $0.role) }
        }
        return .array(
            events + registered.map(\.role).filter(ProcessRole.consumers.contains).map(subscriptionToDeadLetters))
    }

    private func subscriptionToDeadLetters(of role: ProcessRole) -> JSONValue {
        [
            "pubsubname": .string(configuration.pubsubName), "topic": .string(Topic.deadLetters(of: role)),
            "routes": ["default": .string(DaprRoutes.deadLettersPath)],
        ]
    }

    private func subscription(to topic: Topic, for role: ProcessRole) -> JSONValue {
        [
            "pubsubname": .string(
                topic == .taskUpdates ? configuration.updatesPubsubName : configuration.pubsubName
            ),
            "topic": .string(topic.rawValue),
            "routes": ["default": .string("/events/\(topic.rawValue)")],
            "deadLetterTopic": .string(Topic.deadLetters(of: role)),
        ]
    }

    /// One event, or a bulk of them; either may come on either path.
    ///
    /// - Throws: ``Problem``: 404 for a topic that is none of ours, 413, 400 for a bulk that is not JSON.
    func receive(_ request: Request, on name: String?, upTo limit: Int) async throws -> Response {
        guard let topic = name.flatMap(Topic.init(rawValue:)) else {
            try await JSONBody.skip(request)
            throw Problem.notFound
        }
        let buffer = try await JSONBody.collect(request, upTo: limit)
        guard let body = try? JSONValue.parse(buffer.readableBytesView) else {
            deliveries.complain(of: nil, on: topic, "It is not JSON.")
            return answer(.drop)
        }
        if let bulk = BulkDelivery(body) {
            return Response(json: await bulk.deliver(to: deliveries, on: topic))
        }
        return answer(await deliveries.deliver(body, on: topic))
    }

    /// An event that the sidecar has given up.
    func receiveDeadLetter(_ request: Request) async throws -> Response {
        let buffer = try await JSONBody.collect(request, upTo: DaprRoutes.eventBytesMax)
        guard let body = try? JSONValue.parse(buffer.readableBytesView) else { return answer(.success) }
        return answer(await deliveries.note(givenUp: body))
    }

    private func answer(_ status: DeliveryStatus) -> Response {
        Response(status == .retry ? .serviceUnavailable : .ok, json: ["status": .string(status.rawValue)])
    }
}
