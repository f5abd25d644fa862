import APIService
import AuditService
import CivilTime
import ErrandCore
import Foundation
import Logging
import ModelContextProtocol
import NotificationService
import RecurrenceService
import Synchronization

/// An agent's server on a data folder of this machine: no port, no password, one person.
final class LocalAgent: Sendable {
    private let assembly: Assembly
    private let caller: AgentHost.Caller
    private let conversation: Mutex<StdioConversation>

    /// Opens the folder, and the account where there is none yet.
    ///
    /// - Throws: what opening throws: another process has the folder, say.
    init(_ configuration: ServerConfiguration, email: String) async throws {
        assembly = try await Embedded.assemble(configuration, logger: Logger(label: "errand"))
        let environment = assembly.environment
        let operations = Operations(environment: environment, conversations: assembly.carrier.conversations)
        let user = try await LocalAgent.user(email, Accounts(operations: operations), environment)
        caller = AgentHost.Caller(
            Principal(
                userID: user, actor: .agent(name: "mcp"), scopes: [.readTasks, .writeTasks, .readAccount], via: .mcp
            )
        )
        conversation = Mutex(
            StdioConversation(server: assembly.agents.server(pushes: true), isFollowed: AgentChanges.isFollowed)
        )
    }

    private static func user(
        _ email: String, _ accounts: Accounts, _ environment: ErrandCore.Environment
    ) async throws -> UserID {
        guard let address = EmailAddress(email) else {
            throw ConfigurationError(name: "--email", expected: "an address")
        }
        let known = try await environment.store.read { (transaction) throws(ErrandError) in
            try transaction.accounts.find(emailKey: address.key)
        }
        if let known { return known.id }
        // Nobody knows the password, so this account is entered from here alone.
        let secret = Base64URL.encode(environment.randomBytes(32))
        let form = try SignUpForm([
            "email": .string(email), "password": .string(secret), "time_zone": .string(ClientSession.zone.identifier),
        ])
        return try await accounts.signUp(form, passwordHash: "none").user.id
    }

    /// Until standard input ends. What is on its way is answered.
    func run() async {
        await withTaskGroup { group in
            let bus = assembly.carrier.bus
            let works: [@Sendable () async -> Void] = [
                assembly.workers.relayEvents, assembly.workers.fireReminders,
                { await RecurrenceService(bus: bus).run() },
                assembly.notifications.consume, assembly.notifications.deliver,
                { await AuditService(bus: bus).run() }, follow,
            ]
            for work in works { group.addTask { await work() } }
            await withDiscardingTaskGroup { requests in
                await StandardInput.forEachLine { line in
                    for action in conversation.withLock({ $0.receive(line) }) {
                        if case .perform(let request) = action {
                            requests.addTask { await self.perform(request) }
                        } else {
                            write([action])
                        }
                    }
                }
            }
            write(conversation.withLock { $0.end() })
            group.cancelAll()
        }
        await assembly.close()
    }

    private func perform(_ request: ClientRequest) async {
        if let begun = request.progress(0, of: 1) { write(conversation.withLock { $0.notify(request.id, begun) }) }
        let answer = await assembly.agents.answer(request, to: caller)
        if let done = request.progress(1, of: 1) { write(conversation.withLock { $0.notify(request.id, done) }) }
        write(conversation.withLock { $0.finish(request.id, with: answer) })
    }

    /// Tells of changes, the agent's own among them.
    private func follow() async {
        let watch = AgentWatch(assembly.environment.store, for: caller.principal.userID)
        var place = try? await watch.end()
        while (try? await Task.sleep(for: AgentWatch.pause)) != nil {
            do throws(ErrandError) {
                // Of what nobody follows only the end is looked up, so that a subscription misses nothing.
                guard let known = place, conversation.withLock(\.isFollowing) else {
                    place = try await watch.end()
                    continue
                }
                let (changes, end) = try await watch.changes(after: known)
                place = end
                if !changes.isEmpty { write(conversation.withLock { $0.changed(changes.affect) }) }
            } catch {
                // The store cannot answer now; the next look asks again.
            }
        }
    }

    private func write(_ actions: [StdioConversation.Action]) {
        for case .send(let message) in actions { Terminal.write(message.text) }
    }
}
