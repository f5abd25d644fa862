import ErrandCore
import FakeSidecar
import Foundation
import KafkaMock
import TestSupport

/// The processes of one installation: one for everything on a file, or two of every role on PostgreSQL.
final class Cluster: Sendable {
    /// What carries events between them.
    enum Carrier: Sendable {
        case log
        case kafka(MockKafka)
        /// A real one.
        case broker(KafkaBroker)
        /// Each process has a sidecar of its own, with faults.
        case dapr(FakeCluster)
    }

    struct Member: Sendable {
        /// Nil for all.
        let role: ProcessRole?
        let port: Int
        let internalPort: Int
    }

    let deployment: Deployment
    let members: [Member]
    private let carrier: Carrier
    private let sidecars: [FakeSidecar]
    private let processes: Processes

    /// - Parameter roles: a process of each; nil for what is usual there.
    init(_ deployment: Deployment, carrier: Carrier = .log, roles: [ProcessRole]? = nil) async throws {
        var members: [Member] = []
        for role in roles ?? Cluster.roles(of: deployment, carrier) {
            let ports = try ServerProcess.freePorts()
            members.append(Member(role: role, port: ports.public, internalPort: ports.internal))
        }
        // Tokens of one are good for all.
        var deployment = deployment
        deployment.settings["ERRAND_PUBLIC_URL"] = "http://localhost:\(members[0].port)"
        switch carrier {
        case .kafka(let kafka): deployment.settings["KAFKA_BOOTSTRAP_SERVERS"] = kafka.bootstrapServers
        case .broker(let broker): deployment.settings.merge(broker.settings) { $1 }
        case .log, .dapr: break
        }
        self.deployment = deployment
        self.members = members
        self.carrier = carrier
        if case .dapr(let cluster) = carrier {
            sidecars = members.map { Cluster.sidecar(of: $0, cluster) }
        } else {
            sidecars = []
        }
        for sidecar in sidecars { Task { try? await sidecar.run() } }
        processes = Processes()
        for index in members.indices { try await start(index) }
    }

    /// What is run: a frontend needs sidecars.
    private static func roles(of deployment: Deployment, _ carrier: Carrier) -> [ProcessRole?] {
        if deployment.isFile { return [nil] }
        var roles = ProcessRole.allCases
        if case .dapr = carrier {} else { roles.removeAll { $0 == .frontend } }
        return roles + roles
    }

    /// The public ports that people call.
    var doors: [Int] {
        let frontends = members.filter { $0.role == .frontend }.map(\.port)
        return frontends.isEmpty ? ports(of: .chatAPI) : frontends
    }

    /// Whether consumers see events in the order of the changes, whatever the task; a broker keeps that of each task.
    var keepsOrderOfAll: Bool {
        if case .log = carrier { true } else { false }
    }

    /// Public ports of the processes that have a role.
    func ports(of role: ProcessRole) -> [Int] {
        members.filter { $0.role == role || $0.role == nil }.map(\.port)
    }

    /// Kills a member and starts it again.
    func replace(_ index: Int) async throws {
        try await kill(index)
        try await restart(index)
    }

    func kill(_ index: Int) async throws { try await processes.take(index)?.killNow() }

    /// Asks a member to stop, and waits until it has, without a crash on the way.
    func end(_ index: Int) async throws { try await processes.take(index)?.stop() }

    /// Starts a member that is gone.
    func restart(_ index: Int) async throws { try await start(index) }

    func stop() async throws {
        for index in members.indices { try await processes.take(index)?.stop() }
        for sidecar in sidecars { await sidecar.shutDown() }
    }

    /// Lets a sidecar fall and come back, where there are some.
    func crashSidecar() async {
        await sidecars.randomElement()?.crash()
    }

    /// What consumers say of themselves: events, and upper bounds of the median and of 99 %, in seconds.
    func latencies() async -> String {
        var parts: [String] = []
        for member in members {
            guard let role = member.role, ProcessRole.consumers.contains(role) else { continue }
            let buckets = await buckets(of: member)
            guard let all = buckets.last?.count, all > 0 else { continue }
            func bound(_ share: Double) -> String {
                buckets.first { Double($0.count) >= share * Double(all) }?.bound ?? "?"
            }
            parts.append("\(role.rawValue) \(all) events, p50 ≤ \(bound(0.5)) s, p99 ≤ \(bound(0.99)) s")
        }
        return parts.joined(separator: "; ")
    }

    /// Waits until a consumer has handled an event since its start: it has its share of the group's partitions.
    ///
    /// - Throws: ``ServerError/notReady`` when it has none in ``ServerProcess/startLimit``.
    func waitUntilHandling(_ index: Int) async throws {
        guard let role = members[index].role, ProcessRole.consumers.contains(role) else { return }
        let end = ContinuousClock.now + ServerProcess.startLimit
        while await buckets(of: members[index]).last?.count ?? 0 == 0 {
            guard ContinuousClock.now < end else { throw ServerError.notReady }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// How many events a consumer handled within each bound, in seconds; the last is of all.
    private func buckets(of member: Member) async -> [(bound: String, count: Int)] {
        guard let text = await APIClient(port: member.internalPort).text("/metrics") else { return [] }
        let name = "errand_event_latency_seconds_bucket"
        return text.split(separator: "\n").filter { $0.hasPrefix(name) }.compactMap { line in
            line.firstMatch(of: #/le="([^"]+)".* (\d+)$/#).flatMap { match in
                Int(match.2).map { (bound: String(match.1), count: $0) }
            }
        }
    }

    private static func sidecar(of member: Member, _ cluster: FakeCluster) -> FakeSidecar {
        var options = SidecarOptions()
        options.appPort = member.internalPort
        (options.apiToken, options.appToken) = ("to-the-sidecar", "to-the-app")
        options.pubSubs = [
            PubSubComponent("pubsub"), PubSubComponent("pubsub-live", consumers: .everyReplica, initialOffset: .newest),
        ]
        // The database or the process may be away for longer than a few tries take.
        options.retries = RetryPolicy(maxRetries: nil, pause: .milliseconds(200))
        let topics: [Topic] =
            switch member.role {
            case .chatAPI, .frontend, nil: []
            case .recurringTaskService: [.taskEvents]
            case .notificationService: [.taskEvents, .reminders]
            case .auditService: [.taskEvents, .reminders]
            case .websocketService: [.taskUpdates]
            }
        options.subscriptions = topics.map { topic in
            Subscription(
                pubSub: topic == .taskUpdates ? "pubsub-live" : "pubsub", topic: topic.rawValue,
                route: "/events/\(topic.rawValue)", deadLetterTopic: member.role.map(Topic.deadLetters)
            )
        }
        if let role = member.role, ProcessRole.consumers.contains(role) {
            options.subscriptions.append(Subscription(topic: Topic.deadLetters(of: role), route: "/dead-letters"))
        }
        if member.role == .chatAPI { options.cronBindings = [CronBinding("sweep-reminders", every: .seconds(2))] }
        let faults = Faults()
        faults.deliveredTwice = .probability(0.05)
        faults.deliveryAnswerLost = .probability(0.01)
        faults.publishAnswerLost = .probability(0.02)
        faults.bulkEntryRefused = .probability(0.01)
        return FakeSidecar(
            appID: member.role?.rawValue ?? "errand", cluster: cluster, options: options, faults: faults,
            logger: FakeSidecar.quietLogger
        )
    }

    private func start(_ index: Int) async throws {
        let member = members[index]
        var deployment = deployment
        if !sidecars.isEmpty {
            deployment.settings["DAPR_HTTP_PORT"] = "\(try await sidecars[index].port)"
            deployment.settings["DAPR_API_TOKEN"] = "to-the-sidecar"
            deployment.settings["APP_API_TOKEN"] = "to-the-app"
            deployment.settings["ERRAND_DAPR_UPDATES_PUBSUB"] = "pubsub-live"
        }
        let process = try await ServerProcess(
            deployment, port: member.port, internalPort: member.internalPort, role: member.role
        )
        await processes.put(process, index)
    }

    private actor Processes {
        private var running: [Int: ServerProcess] = [:]

        func take(_ index: Int) -> ServerProcess? { running.removeValue(forKey: index) }

        func put(_ process: ServerProcess, _ index: Int) { running[index] = process }
    }
}
