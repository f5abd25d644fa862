import AsyncHTTPClient
import ErrandCore
import Foundation
import TestSupport

/// A real `errand serve` on free ports of this machine, in a process of its own.
final class ServerProcess: Sendable {
    /// From start to readiness; far above what it takes.
    static let startLimit = Duration.seconds(60)

    let port: Int
    let internalPort: Int
    /// From the start of the process until it said it was ready.
    let startDuration: Duration
    private let process: Process

    /// The program beside the test bundle, of the same build.
    private static var program: URL {
        Bundle.main.bundleURL.appending(path: "errand")
    }

    /// On a SQLite file in a folder.
    convenience init(data: URL, port: Int, internalPort: Int, role: ProcessRole? = nil) async throws {
        try await self.init(Deployment(place: .folder(data)), port: port, internalPort: internalPort, role: role)
    }

    /// - Parameter role: nil for all.
    init(_ deployment: Deployment, port: Int, internalPort: Int, role: ProcessRole? = nil) async throws {
        self.port = port
        self.internalPort = internalPort
        process = Process()
        process.executableURL = ServerProcess.program
        process.arguments =
            ["serve"] + (role.map { ["--role", $0.rawValue] } ?? []) + [
                "--port", "\(port)", "--internal-port", "\(internalPort)", "--rate-limits", "off", "--log-level",
                ServerProcess.logs == nil ? "error" : "info",
            ]
        process.environment = ProcessInfo.processInfo.environment.merging(deployment.environment) { $1 }
        // A server that is left over must not keep the pipe of the test run open.
        process.standardOutput = FileHandle.nullDevice
        process.standardError = ServerProcess.log(role, port)
        let start = ContinuousClock.now
        try process.run()
        while ContinuousClock.now - start < ServerProcess.startLimit {
            guard process.isRunning else { throw ServerError.crashed(status: process.terminationStatus) }
            if await ServerProcess.isReady(internalPort) { break }
            try await Task.sleep(for: .milliseconds(2))
        }
        startDuration = ContinuousClock.now - start
        guard startDuration < ServerProcess.startLimit else {
            kill(process.processIdentifier, SIGKILL)
            throw ServerError.notReady
        }
    }

    /// A test that fails midway leaves nothing behind.
    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    /// The folder for logs, for whoever looks for what went wrong.
    private static let logs = ProcessInfo.processInfo.environment["ERRAND_TEST_LOGS"]

    /// A file in that folder; else nowhere.
    private static func log(_ role: ProcessRole?, _ port: Int) -> FileHandle {
        guard let folder = logs else { return .nullDevice }
        let path = "\(folder)/\(role?.rawValue ?? "all")-\(port).log"
        if !FileManager.default.fileExists(atPath: path) {
            _ = FileManager.default.createFile(atPath: path, contents: nil)
        }
        let file = FileHandle(forWritingAtPath: path) ?? .nullDevice
        _ = try? file.seekToEnd()
        return file
    }

    /// Two ports that nobody listens on now.
    static func freePorts() throws -> (public: Int, internal: Int) {
        (try FreePort.find(), try FreePort.find())
    }

    /// Ends the process without a chance to finish anything, and waits until it is gone.
    func killNow() async throws {
        try await end(SIGKILL)
    }

    /// Asks the process to stop, and waits until it is gone, without a crash on the way.
    func stop() async throws {
        try await end(SIGTERM)
        // A signal's number, when one ended it.
        guard process.terminationStatus == 0 else { throw ServerError.crashed(status: process.terminationStatus) }
    }

    /// Memory in use, in bytes.
    var residentBytes: Int {
        get throws {
            let status = try String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
            let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
            return (Int(line.filter(\.isNumber)) ?? 0) * 1024
        }
    }

    /// Time on processors so far, in hundredths of a second.
    var processorTicks: Int {
        get throws {
            let text = try String(contentsOfFile: "/proc/\(process.processIdentifier)/stat", encoding: .utf8)
            // The name, in parentheses, may hold spaces; user and system time are fields 14 and 15 (proc(5)).
            let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
            return fields.count > 12 ? (Int(fields[11]) ?? 0) + (Int(fields[12]) ?? 0) : 0
        }
    }

    private func end(_ signal: Int32) async throws {
        // Later the process id may be somebody else's.
        if process.isRunning { kill(process.processIdentifier, signal) }
        // Longer than leaving a consumer group may take.
        for _ in 0..<4000 {
            // Foundation reaps the process on a thread of its own.
            if !process.isRunning { return }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw ServerError.stillRunning
    }

    private static func isReady(_ port: Int) async -> Bool {
        let request = HTTPClientRequest(url: "http://127.0.0.1:\(port)/readyz")
        return await BoundedCall.answer(to: request, within: .seconds(5))?.status == 200
    }
}

enum ServerError: Error {
    case notReady, stillRunning
    /// Of a process that was to start or asked to stop.
    case crashed(status: Int32)
}
