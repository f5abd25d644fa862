import ErrandCore
import Logging
import NIOHTTP1

/// Asks the app once what it wants to read: `GET /dapr/subscribe`
/// ([reference](https://docs.dapr.io/reference/api/pubsub_api/)).
struct SubscribeQuestion: Sendable {
    /// Failures to connect that are tolerated, a poll apart.
    static let triesMax = 100

    let app: AppChannel
    let stop: Stop
    let pause: Duration

    /// - Returns: nothing when the app answers anything but 200; it is not asked again.
    func ask() async -> [Subscription] {
        for _ in 0..<SubscribeQuestion.triesMax {
            do throws(AppCallError) {
                let answer = try await app.call(AppRequest(method: .GET, path: "/dapr/subscribe"))
                guard answer.status == 200 else {
                    app.logger.info("the app answered \(answer.status) and has no subscriptions of its own")
                    return []
                }
                guard let items = (try? JSONValue.parse(answer.body))?.array else {
                    app.logger.error("the app's subscriptions can't be read")
                    return []
                }
                return items.compactMap(read)
            } catch {
                guard await stop.sleep(for: pause) else { return [] }
            }
        }
        app.logger.error("the app could not be asked for its subscriptions")
        return []
    }

    private func read(_ item: JSONValue) -> Subscription? {
        guard let pubSub = item["pubsubname"]?.string, let topic = item["topic"]?.string else { return nil }
        if let rules = item["routes"]?["rules"]?.array, !rules.isEmpty {
            app.logger.error("rules are not known to this double: \(topic) goes to its default route")
        }
        guard let route = item["route"]?.string ?? item["routes"]?["default"]?.string, !route.isEmpty else {
            app.logger.error("the subscription of \(topic) has no route and is discarded")
            return nil
        }
        var subscription = Subscription(pubSub: pubSub, topic: topic, route: route)
        subscription.deadLetterTopic = item["deadLetterTopic"]?.string
        subscription.isRaw = item["metadata"]?["rawPayload"]?.string == "true"
        if let bulk = item["bulkSubscribe"], bulk["enabled"]?.bool == true {
            var limits = Subscription.Bulk()
            limits.maxMessagesCount = bulk["maxMessagesCount"]?.integer.map(Int.init) ?? limits.maxMessagesCount
            limits.maxAwaitDurationMs = bulk["maxAwaitDurationMs"]?.integer.map(Int.init) ?? limits.maxAwaitDurationMs
            subscription.bulk = limits
        }
        return subscription
    }
}
