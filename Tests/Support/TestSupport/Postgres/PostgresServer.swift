import Foundation
import Synchronization

/// A real PostgreSQL server of this process's own: on a free port of the loopback address, in a folder that goes away
/// with it. It ends with the process, however that ends.
///
/// Wants the programs `initdb`, `postgres`, `psql`; as root also `setpriv` and the user `postgres`, since the server
/// refuses to run as root. Nothing of it survives, so it does not wait for the disk.
public final class PostgresServer: Sendable {
    /// Why there is none.
    public enum StartError: Error {
        case programMissing(String)
        case failed(String)
    }

    private static let startLimit = Duration.seconds(60)
    private static let databases = Atomic(0)

    public let port: Int
    private let folder: URL
    private let programs: URL
    private let server: Mutex<Process?>

    /// Starts a server on a new, empty folder; takes some seconds.
    public init(port: Int) async throws {
        self.port = port
        programs = try PostgresServer.findPrograms()
        folder = FileManager.default.temporaryDirectory.appending(path: "errand-pg-\(UUID().uuidString)")
        server = Mutex(nil)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        if getuid() == 0 { _ = try PostgresServer.run(URL(filePath: "/bin/chown"), ["postgres", folder.path()]) }
        let initialise = [
            "-D", data, "-U", "errand", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions",
        ]
        _ = try asServerUser("initdb", initialise)
        try await start()
    }

    private var data: String { folder.appending(path: "data").path(percentEncoded: false) }

    /// The address of a database.
    public func url(_ database: String = "postgres") -> String {
        "postgresql://errand@127.0.0.1:\(port)/\(database)"
    }

    /// Makes an empty database and hands over its address. It is left to the server's end.
    public func makeDatabase() throws -> String {
        let name = "test_\(PostgresServer.databases.add(1, ordering: .relaxed).newValue)"
        try query("CREATE DATABASE \(name) TEMPLATE template0")
        return url(name)
    }

    /// Runs a statement, and returns what `psql` prints of its rows.
    @discardableResult
    public func query(_ sql: String, on database: String? = nil) throws -> String {
        try PostgresServer.run(
            programs.appending(path: "psql"),
            ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database ?? url(), "-c", sql]
        )
    }

    /// Starts the server again after ``stop()``.
    public func start() async throws {
        let options = [
            "listen_addresses=127.0.0.1", "port=\(port)", "unix_socket_directories=", "max_connections=1000",
            "shared_buffers=256MB", "fsync=off", "full_page_writes=off", "log_min_messages=fatal",
            "autovacuum_naptime=10s",
        ]
        var arguments = [programs.appending(path: "postgres").path(percentEncoded: false), "-D", data]
        for option in options { arguments += ["-c", option] }
        if getuid() == 0 {
            arguments = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] + arguments
        }
        // The shell ends the server when its input ends: at stop(), which says to keep the folder, and when this
        // process is gone.
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        let script = "\"$@\" </dev/null & read -r word; kill -INT $!; wait $!; [ \"$word\" ] || rm -rf \"$0\""
        process.arguments = ["-c", script, folder.path(percentEncoded: false)] + arguments
        process.standardInput = Pipe()
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try PostgresServer.withSignals { try process.run() }
        server.withLock { $0 = process }
        let begin = ContinuousClock.now
        while (try? query("SELECT 1")) == nil {
            guard ContinuousClock.now - begin < PostgresServer.startLimit, process.isRunning else {
                throw StartError.failed("PostgreSQL did not start on port \(port).")
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// Stops the server and breaks every connection; what was committed stays.
    public func stop() async throws {
        guard let process = server.withLock({ $0.take() }) else { return }
        let input = (process.standardInput as? Pipe)?.fileHandleForWriting
        try input?.write(contentsOf: Data("keep\n".utf8))
        try input?.close()
        while process.isRunning { try await Task.sleep(for: .milliseconds(20)) }
    }

    /// Stops the server and removes what it kept.
    public func remove() async throws {
        try await stop()
        try FileManager.default.removeItem(at: folder)
    }

    /// Runs `body` with no signal blocked. Threads of Swift's pool block most, processes inherit that, and a shell
    /// that never hears of a child's end waits for ever.
    private static func withSignals(_ body: () throws -> Void) rethrows {
        var (all, before) = (sigset_t(), sigset_t())
        sigfillset(&all)
        pthread_sigmask(SIG_UNBLOCK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try body()
    }

    private func asServerUser(_ program: String, _ arguments: [String]) throws -> String {
        let path = programs.appending(path: program)
        if getuid() != 0 { return try PostgresServer.run(path, arguments) }
        return try PostgresServer.run(
            URL(filePath: "/usr/bin/setpriv"),
            ["--reuid=postgres", "--regid=postgres", "--init-groups", path.path(percentEncoded: false)] + arguments
        )
    }

    /// Where Debian puts the newest version, else wherever `initdb` is found.
    private static func findPrograms() throws -> URL {
        let versions = URL(filePath: "/usr/lib/postgresql")
        let installed = (try? FileManager.default.contentsOfDirectory(atPath: versions.path())) ?? []
        let newest = installed.compactMap { Int($0) }.max().map { versions.appending(path: "\($0)/bin") }
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let folders = [newest].compactMap(\.self) + path.split(separator: ":").map { URL(filePath: String($0)) }
        let found = folders.first {
            FileManager.default.isExecutableFile(atPath: $0.appending(path: "initdb").path(percentEncoded: false))
        }
        guard let found else { throw StartError.programMissing("initdb") }
        return found
    }

    private static func run(_ program: URL, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        process.currentDirectoryURL = URL(filePath: "/")
        try process.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        let complaint = String(decoding: try errors.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw StartError.failed(complaint) }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
