public import ArgumentParser
import ErrandClient
import Foundation
public import Interchange

extension TaskFileFormat: ExpressibleByArgument {}

struct ExportCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write your tasks into a file.",
        discussion: """
            json is Errand's own and loses nothing: errand import makes the same tasks of it. csv, ical, markdown and
            todotxt are for other programs, and leave the trash out. Without --output the file goes to standard output.
            """
    )

    @OptionGroup var options: ClientOptions

    @Option(help: "json, csv, ical, markdown or todotxt.")
    var format = TaskFileFormat.json

    @Option(name: .shortAndLong, help: "Where to; only you can read it.", completion: .file())
    var output: String?

    @Flag(help: "Leave out what is done, and the trash.")
    var open = false

    @Flag(help: "With --format ical: events instead of to-dos, for calendars that show no to-dos.")
    var events = false

    @Flag(help: "With --format json: the whole log of the account too, with its hashes.")
    var history = false

    func validate() throws {
        guard TaskFileFormat.written.contains(format) else {
            throw ValidationError("Files of \(format.rawValue) are read, not written.")
        }
        if history, format != .json { throw ValidationError("--history goes with --format json.") }
        if events, format != .ical { throw ValidationError("--events goes with --format ical.") }
    }

    func run(in session: ClientSession) async throws {
        var query = [(name: "format", value: format.rawValue)]
        if open { query.append((name: "include", value: "open")) }
        if history { query.append((name: "history", value: "true")) }
        if events { query.append((name: "as", value: "event")) }
        guard let output else {
            return try await session.fetch(["export"], query: query) { Terminal.write($0) }
        }
        let file = try PrivateFile(replacing: output)
        do {
            try await session.fetch(["export"], query: query) { (piece) throws(ClientError) in try file.write(piece) }
            try file.finish()
        } catch {
            file.discard()
            throw error
        }
    }
}

/// A file that only its owner can read, and that takes the place of another one when it is complete.
private struct PrivateFile {
    private let path: String
    private let draft: String
    private let handle: FileHandle

    init(replacing path: String) throws(ClientError) {
        self.path = path
        draft = "\(path).\(ClientSession.uniqueID()).part"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .file("\(path) cannot be written.") }
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    func write(_ piece: Data) throws(ClientError) {
        do {
            try handle.write(contentsOf: piece)
        } catch {
            throw .file("\(path) cannot be written.")
        }
    }

    func finish() throws(ClientError) {
        do {
            try handle.synchronize()
            try handle.close()
        } catch {
            throw .file("\(path) cannot be written.")
        }
        guard rename(draft, path) == 0 else { throw .file("\(path) cannot be written.") }
    }

    func discard() { unlink(draft) }
}
