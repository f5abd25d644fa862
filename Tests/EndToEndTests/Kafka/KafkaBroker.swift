import ErrandCore
import Foundation
import TestSupport

/// A real broker that speaks Kafka's protocol (Tansu), on loopback, in a process of its own that ends with this one.
///
/// What it does not do: more than one broker, keeping anything when it ends, users that are there from the start, TLS.
/// TLS is spoken by a ``Forwarder`` before it.
final class KafkaBroker: Sendable {
    /// Why there is none.
    enum StartError: Error {
        /// `scripts/setup --tests` puts it there.
        case missing(path: String)
        case failed(String)
    }

    private static let startLimit = Duration.seconds(30)
    /// Far above what a tool takes that is answered; one that is not waits for ever.
    private static let toolLimit = DispatchTimeInterval.seconds(20)

    /// Where it listens, `host:port`.
    private let address: String
    /// Where clients come, `host:port`.
    private let door: String
    private let shell: Process
    private let processID: pid_t

    /// Where the broker and its librdkafka are: the tests' tools, at the root of the project.
    private static let tools = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: ".build-tools/kafka")

    /// What tells a server of the broker. Debian's librdkafka 2.0.2 cannot read the broker's answers, so servers load a
    /// newer one, as our image has it.
    var settings: [String: String] {
        let libraries = KafkaBroker.tools.appending(path: "lib").path(percentEncoded: false)
        let others = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"].map { ":\($0)" } ?? ""
        return ["KAFKA_BOOTSTRAP_SERVERS": door, "LD_LIBRARY_PATH": libraries + others]
    }

    /// A broker with the topics of Errand.
    ///
    /// - Parameter door: where it tells clients to come, `host:port`, when that is not where it listens.
    static func errand(port: Int? = nil, door: String? = nil) async throws -> KafkaBroker {
        let broker = try await KafkaBroker(port: try port ?? FreePort.find(), door: door)
        for topic in Topic.allCases { try broker.createTopic(topic.rawValue, partitions: 4) }
        for role in ProcessRole.consumers { try broker.createTopic(Topic.deadLetters(of: role), partitions: 1) }
        return broker
    }

    init(port: Int, door: String? = nil) async throws {
        let program = KafkaBroker.tools.appending(path: "broker").path(percentEncoded: false)
        guard FileManager.default.isExecutableFile(atPath: program) else { throw StartError.missing(path: program) }
        address = "127.0.0.1:\(port)"
        self.door = door ?? address
        shell = Process()
        shell.executableURL = URL(filePath: "/bin/sh")
        let url = "tcp://\(address)"
        // The shell ends the broker when its input ends, also because this process is gone. It does not wait for it: a
        // shell may wait for ever for a child that was gone before it began to.
        shell.arguments = [
            "-c", "\"$@\" </dev/null >/dev/null 2>&1 & echo $!; read -r word; kill -KILL $!", "broker",
            program,
            "broker", "--listener-url", url, "--advertised-listener-url", "tcp://\(self.door)",
            "--storage-engine", "memory://tansu/",
        ]
        shell.standardInput = Pipe()
        let output = Pipe()
        shell.standardOutput = output
        shell.standardError = FileHandle.nullDevice
        try shell.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard let id = pid_t(line.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw StartError.failed("The shell says: \(line)")
        }
        processID = id
        let begin = ContinuousClock.now
        while (try? tool(["topic", "list", "--broker", url])) == nil {
            guard ContinuousClock.now - begin < KafkaBroker.startLimit else {
                throw StartError.failed("The broker does not answer on \(url).")
            }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    deinit {
        try? (shell.standardInput as? Pipe)?.fileHandleForWriting.close()
    }

    func createTopic(_ name: String, partitions: Int) throws {
        try tool(["topic", "create", "--broker", "tcp://\(address)", "--partitions", "\(partitions)", name])
    }

    /// Lets the broker stand still: connections stay, and nobody answers on them.
    func suspend() { kill(processID, SIGSTOP) }

    /// Lets it go on where it stood.
    func resume() { kill(processID, SIGCONT) }

    private func tool(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = KafkaBroker.tools.appending(path: "broker")
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        let watchdog = process.watchdog(after: KafkaBroker.toolLimit)
        defer { watchdog.cancel() }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw StartError.failed(arguments.joined(separator: " ")) }
    }
}
