import ErrandCore
import Foundation
import TestSupport

/// Processes of one installation: two of `chat-api`, one of every other role.
final class Cluster: Sendable {
    struct Member: Sendable {
        let role: Role
        let port: Int
        let internalPort: Int
    }

    let deployment: Deployment
    let members: [Member]
    private let processes: Processes

    init(_ deployment: Deployment) async throws {
        var members: [Member] = []
        for role in Role.allCases + [.chatAPI] {
            let ports = try ServerProcess.freePorts()
            members.append(Member(role: role, port: ports.public, internalPort: ports.internal))
        }
        // Tokens of one are good for all.
        var deployment = deployment
        deployment.settings["ERRAND_PUBLIC_URL"] = "http://localhost:\(members[0].port)"
        self.deployment = deployment
        self.members = members
        processes = Processes()
        for index in members.indices { try await start(index) }
    }

    /// Public ports of a role.
    func ports(of role: Role) -> [Int] {
        members.filter { $0.role == role }.map(\.port)
    }

    /// Kills a member and starts it again.
    func replace(_ index: Int) async throws {
        try await processes.take(index)?.killNow()
        try await start(index)
    }

    func stop() async throws {
        for index in members.indices { try await processes.take(index)?.stop() }
    }

    private func start(_ index: Int) async throws {
        let member = members[index]
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
