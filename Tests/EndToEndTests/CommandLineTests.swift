import ErrandCore
import Foundation
import Testing

/// The command line against a real server.
@Suite struct CommandLineTests {
    @Test func `a day on the command line`() async throws {
        try await withServer { errand in
            let signUp = try errand.run(
                ["login", "--sign-up", "--email", "ana@example.org", "--password-stdin"],
                input: "a quiet walk in the woods\n"
            )
            #expect(signUp.status == 0, "\(signUp.errors)")
            for words in [["Buy", "milk"], ["Call", "mother", "--priority", "high", "--tag", "home"]] {
                let added = try errand.run(["add"] + words)
                #expect(added.status == 0, "\(added.errors)")
            }
            #expect(try errand.run(["list"]).output.contains("Buy milk"))
            #expect(try errand.run(["done", "1"]).status == 0)
            let open = try JSONValue.parse(try errand.run(["list", "--json"]).output)
            #expect(open["items"]?.array?.compactMap { $0["number"]?.integer } == [2])
            let found = try JSONValue.parse(try errand.run(["search", "moth", "--json"]).output)
            #expect(found["items"]?.array?.first?["tags"] == ["home"])
            #expect(try errand.run(["rm", "2"]).status == 0)
            #expect(try errand.run(["undo"]).status == 0)
            #expect(try errand.run(["show", "2"]).output.contains("Call mother"))
            try stepsBackAndForward(errand)
            let dry = try errand.run(["quick", "--dry-run", "Pay rent every month on the 1st at 9am #home p1"])
            #expect(dry.output.contains("again: every month on the 1st"), "\(dry.errors)")
            #expect(try errand.run(["quick", "Bins every monday at 7am #home"]).output.contains("Bins"))
            #expect(try errand.run(["occurrences", "3", "--limit", "2"]).output.split(separator: "\n").count == 2)
            #expect(try errand.run(["remind", "3", "--before", "PT1H"]).output.contains("Next reminder"))
            #expect(try errand.run(["skip", "3"]).output.hasPrefix("Skipped"))
            #expect(try errand.run(["reschedule", "3", "next", "friday", "at", "5pm"]).status == 0)
            #expect(try errand.run(["list", "--filter", "recurring & #home"]).output.contains("Bins"))
            #expect(try errand.run(["edit", "3", "--repeat", "every! 3 days"]).status == 0)
            #expect(try errand.run(["end-series", "3"]).status == 0)
            #expect(try errand.run(["skip", "3"]).status != 0)
            #expect(try errand.run(["inbox"]).status == 0)
            try audits(errand)
            let missing = try errand.run(["show", "99"])
            #expect(missing.status == 4)
            #expect(missing.output.isEmpty)
            #expect(!missing.errors.isEmpty)
            #expect(try errand.run(["completions", "bash"]).output.contains("errand"))
            #expect(try errand.run(["logout"]).status == 0)
            #expect(try errand.run(["list"]).status == 3)
        }
    }

    /// Begins with task 1 completed and task 2 back from the trash; ends with both as they were.
    private func stepsBackAndForward(_ errand: CommandLineClient) throws {
        let redone = try errand.run(["redo"])
        #expect(redone.status == 0 && redone.output == "Redone 2: Call mother (in the trash)\n", "\(redone.errors)")
        #expect(try errand.run(["undo"]).status == 0)
        let second = try errand.run(["undo"])
        #expect(second.status == 0 && second.output == "Undone 1: Buy milk\n", "\(second.errors)")
        #expect(try errand.run(["list"]).output.contains("Buy milk"))
        #expect(try errand.run(["redo"]).output == "Redone 1: Buy milk\n")
        #expect(try errand.run(["edit", "2", "--title", "Call father"]).status == 0)
        #expect(try errand.run(["edit", "2", "--tag", "phone"]).status == 0)
        for _ in 1...2 { #expect(try errand.run(["undo"]).status == 0, "two changes of one task") }
        #expect(try errand.run(["edit", "2", "--title", "Call mum"]).status == 0)
        let gone = try errand.run(["redo"])
        #expect(gone.status == 1 && gone.errors.contains("nothing to redo"), "a change ends what can be redone")
        #expect(try errand.run(["undo"]).status == 0)
        #expect(try errand.run(["show", "2"]).output.contains("Call mother"))
    }

    private func audits(_ errand: CommandLineClient) throws {
        #expect(try errand.run(["audit", "--action", "task.completed"]).output.contains("by user"))
        #expect(try errand.run(["audit", "verify"]).output.contains("are as they were written"))
        let log = try errand.run(["audit", "export"]).output
        let file = errand.home.appending(path: "audit.jsonl")
        try Data(log.utf8).write(to: file)
        let arguments = ["audit", "verify", "--file", file.path(percentEncoded: false), "--json"]
        #expect(try errand.run(arguments).status == 0)
        try Data(log.replacing("Buy milk", with: "Buy silk").utf8).write(to: file)
        let tampered = try errand.run(arguments)
        #expect(tampered.status == 1)
        let place = try #require(log.split(separator: "\n").firstIndex { $0.contains("Buy milk") })
        #expect(try JSONValue.parse(tampered.output)["first_bad_seq"]?.integer == Int64(place + 1))
    }

    @Test func `watch shows what another program does, and goes on after a restart`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "errand-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let ports = try ServerProcess.freePorts()
        let data = folder.appending(path: "data")
        var server = try await ServerProcess(data: data, port: ports.public, internalPort: ports.internal)
        let errand = CommandLineClient(home: folder, server: "http://localhost:\(ports.public)")
        let signUp = try errand.run(
            ["login", "--sign-up", "--email", "ana@example.org", "--password-stdin"],
            input: "a quiet walk in the woods\n"
        )
        #expect(signUp.status == 0, "\(signUp.errors)")
        async let watched = errand.inBackground(
            ["watch", "--json", "--cursor", "\(APIClient.signUpEvents)", "--count", "3"]
        )
        #expect(try errand.run(["add", "Before"]).status == 0)
        try await server.killNow()
        server = try await ServerProcess(data: data, port: ports.public, internalPort: ports.internal)
        #expect(try errand.run(["add", "After"]).status == 0)
        #expect(try errand.run(["done", "1"]).status == 0)
        let frames = try await watched.output.split(separator: "\n").map { try JSONValue.parse(String($0)) }
        #expect(frames.map { $0["cursor"]?.integer } == [3, 4, 5])
        #expect(frames.map { $0["event_type"]?.string } == ["task.created", "task.created", "task.completed"])
        try await server.stop()
    }
}

/// A server with a folder of its own, and a command line that talks to it.
func withServer(_ use: (CommandLineClient) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "errand-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let ports = try ServerProcess.freePorts()
    let server = try await ServerProcess(
        data: folder.appending(path: "data"), port: ports.public, internalPort: ports.internal
    )
    do {
        try await use(CommandLineClient(home: folder, server: "http://localhost:\(ports.public)"))
    } catch {
        try await server.stop()
        throw error
    }
    try await server.stop()
}

/// Runs `errand` as a person does, with a home of its own.
struct CommandLineClient {
    let home: URL
    let server: String

    struct Outcome {
        let status: Int32
        let output: String
        let errors: String
    }

    /// Far above what any command takes; then it is killed, and the test fails by its status.
    private static let limit = DispatchTimeInterval.seconds(120)

    /// Runs beside the test, on no thread that tests need.
    func inBackground(_ arguments: [String], environment: [String: String] = [:]) async throws -> Outcome {
        try await withCheckedThrowingContinuation { continuation in
            Thread { continuation.resume(with: Result { try run(arguments, environment: environment) }) }.start()
        }
    }

    func run(_ arguments: [String], input: String = "", environment: [String: String] = [:]) throws -> Outcome {
        let process = Process()
        process.executableURL = Bundle.main.bundleURL.appending(path: "errand")
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(
            [
                "HOME": home.path(percentEncoded: false), "ERRAND_SERVER": server, "XDG_CONFIG_HOME": "",
                "XDG_STATE_HOME": "",
            ].merging(environment) { $1 }
        ) { $1 }
        let (standardInput, output, errors) = (Pipe(), Pipe(), Pipe())
        process.standardInput = standardInput
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let watchdog = process.watchdog(after: Self.limit)
        defer { watchdog.cancel() }
        try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try standardInput.fileHandleForWriting.close()
        let written = try output.fileHandleForReading.readToEnd() ?? Data()
        let complaints = try errors.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: String(decoding: written, as: UTF8.self),
            errors: String(decoding: complaints, as: UTF8.self)
        )
    }
}
