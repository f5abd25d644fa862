import ArgumentParser
import ErrandClient
import ErrandCore
import Foundation
import Logging

/// `errand mcp`
struct MCPCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mcp", abstract: "Serve an AI agent over standard input and output (Model Context Protocol).",
        discussion: """
            Agents start this by themselves; see docs/guides/agents.md. It passes on to the server that you are signed \
            in to, or that ERRAND_SERVER and ERRAND_TOKEN name. With --data it works on a folder of this machine, \
            without any server.
            """
    )

    @OptionGroup var options: ClientOptions

    @Option(help: "Folder to keep tasks in, instead of a server.")
    var data: String?

    @Option(help: "Whose tasks, in that folder; made where there is no such account.")
    var email = "me@localhost"

    func run() async throws {
        if let data { return try await serve(data) }
        do throws(ClientError) {
            let session = try ClientSession(options)
            await AgentBridge(client: try await session.agentClient()).run()
        } catch {
            Terminal.remark("errand: \(error.sentence)")
            throw ExitCode(error.exitStatus)
        }
    }

    private func serve(_ folder: String) async throws {
        do {
            try StartUpCheck.run()
            // Of the environment of a server nothing is meant here: it could name its database.
            let configuration = try await ServerConfiguration.read(
                flags: ["data": folder, "log-level": "warning", "log-format": "text"], environment: [:], file: nil
            )
            _ = Observability.start(configuration)
            try await LocalAgent(configuration, email: email).run()
        } catch let error as any CustomStringConvertible & Error {
            throw ValidationError("\(error)")
        }
    }
}
