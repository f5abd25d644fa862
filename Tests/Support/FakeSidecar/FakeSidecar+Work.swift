import ErrandCore
import Foundation
import Logging
import Synchronization

extension FakeSidecar {
    /// The socket with all parts of the API behind it.
    var server: SidecarServer {
        let api = SidecarAPI(
            token: options.apiToken, status: { self.report }, shutDown: { await self.shutDown() },
            publishing: PublishAPI(
                appID: appID, components: options.pubSubs, broker: cluster.broker, faults: faults
            ),
            jobs: JobsAPI(appID: appID, scheduler: cluster.scheduler),
            state: StateAPI(appID: appID, stores: cluster.stateStores, faults: faults),
            secrets: SecretsAPI(stores: cluster.secretStores),
            invocation: InvokeAPI(appID: appID, apps: cluster.apps, retries: options.invocationRetries)
        )
        return SidecarServer(api: api, faults: faults) { port in
            self.status.withLock { $0.port = port }
            self.bell.ring()
        }
    }

    /// Everything that calls the app. Returns when all of it has ended, or the drain time is over.
    func workUntilStopped() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.work() }
            group.addTask {
                await self.stop.wait()
                try? await Task.sleep(for: self.options.drainTime)
            }
            await group.next()
            group.cancelAll()
        }
    }

    private func work() async {
        while await !app.isUp() {
            guard await stop.sleep(for: options.appPollInterval) else { return }
        }
        let asked = await SubscribeQuestion(app: app, stop: stop, pause: options.appPollInterval).ask()
        let declared = options.subscriptions.map { (subscription: $0, isDeclared: true) }
        let subscriptions = declared + asked.map { ($0, false) }
        status.withLock {
            $0.subscriptions = subscriptions
            $0.isAppReady = true
        }
        await withTaskGroup(of: Void.self) { group in
            for (subscription, _) in subscriptions {
                guard let subscriber = subscriber(for: subscription) else { continue }
                group.addTask { await subscriber.run() }
            }
            for binding in options.cronBindings {
                group.addTask { await CronRunner(binding: binding, app: self.app, stop: self.stop).run() }
            }
            let jobs = JobRunner(
                appID: appID, scheduler: cluster.scheduler, app: app, retries: options.jobRetries, stop: stop
            )
            group.addTask { await jobs.run() }
            await stop.wait()
            for consumer in consumers.all { await consumer.pause() }
        }
    }

    private func subscriber(for subscription: Subscription) -> Subscriber? {
        guard let component = options.pubSubs.first(where: { $0.name == subscription.pubSub }) else {
            app.logger.error("there is no pubsub \(subscription.pubSub) for \(subscription.topic)")
            return nil
        }
        let group =
            switch component.consumers {
            case .app: appID
            case .everyReplica: "live-\(UUID().uuidString.lowercased())"
            case .group(let name): name
            }
        let courier = Courier(
            subscription: subscription, component: component, app: app, broker: cluster.broker, options: options,
            stop: stop
        )
        return Subscriber(group: group, courier: courier, consumers: consumers)
    }

    private var report: SidecarAPI.Status {
        let (isAppReady, subscriptions) = status.withLock { ($0.isAppReady, $0.subscriptions) }
        let list = subscriptions.map { subscription, isDeclared -> JSONValue in
            [
                "pubsubname": .string(subscription.pubSub), "topic": .string(subscription.topic),
                "rules": [["match": "", "path": .string(subscription.route)]],
                "deadLetterTopic": .string(subscription.deadLetterTopic ?? ""),
                "type": isDeclared ? "DECLARATIVE" : "PROGRAMMATIC",
            ]
        }
        let components = options.pubSubs.map { component -> JSONValue in
            ["name": .string(component.name), "type": "pubsub.kafka", "version": "v1"]
        }
        let metadata: JSONValue = [
            "id": .string(appID), "runtimeVersion": .string(FakeSidecar.runtimeVersion), "enabledFeatures": [],
            "components": .array(components), "subscriptions": .array(list), "extended": [:],
        ]
        return SidecarAPI.Status(
            appID: appID, isOutboundReady: !faults.isOutboundNotReady, isAppReady: isAppReady, metadata: metadata
        )
    }
}
