import ArgumentParser
import ErrandClient

/// Options of every command that talks to a server.
struct ClientOptions: ParsableArguments {
    @Flag(name: .long, help: "Print the server's JSON and nothing else.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "Address of the server (default: ERRAND_SERVER, else where you are signed in).", valueName: "url"
        ),
        transform: { text in
            guard let server = ServerAddress(text) else {
                throw ValidationError("The server must look like https://errand.example.com.")
            }
            return server
        }
    )
    var server: ServerAddress?
}

/// A command that talks to a server.
protocol ClientCommand: AsyncParsableCommand {
    var options: ClientOptions { get }

    func run(in session: ClientSession) async throws
}

extension ClientCommand {
    mutating func run() async throws { try await runClient() }

    /// Runs the command; an error becomes a sentence on standard error and the exit status of its kind.
    func runClient() async throws {
        do {
            try await run(in: ClientSession(options))
        } catch let error as ClientError {
            Terminal.remark("errand: \(error.sentence)")
            throw ExitCode(error.exitStatus)
        }
    }
}
