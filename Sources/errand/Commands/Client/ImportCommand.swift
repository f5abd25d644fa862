import ArgumentParser
import ErrandClient
import ErrandCore
import Foundation
import Interchange

struct ImportCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take tasks in from a file of Errand or of another program.",
        discussion: """
            Reads exports of Errand (json, csv), Todoist (also whole backups, zip), TickTick, Vikunja (zip or its
            data.json), Taskwarrior and Microsoft To Do (JSON of Microsoft Graph), iCalendar, Markdown lists and
            todo.txt. What it would do is shown first. Tasks that are there already stay as they are, so the same file
            can be taken in again, also after it broke off. errand undo takes the tasks of an import back within ten
            minutes. A json file of Errand brings its saved filters along too.
            """
    )

    @OptionGroup var options: ClientOptions

    @Argument(help: "The file, or - for standard input.", completion: .file())
    var file: String

    @Option(help: "Whose file it is (default: what it looks like).")
    var format: TaskFileFormat?

    @Flag(help: "Only say what would be done.")
    var dryRun = false

    @Flag(name: .shortAndLong, help: "Do it without asking.")
    var yes = false

    @Flag(help: "With a json file of Errand: take the settings of the account over too.")
    var settings = false

    func validate() throws {
        if options.json, !yes, !dryRun { throw ValidationError("--json goes with --yes or --dry-run.") }
    }

    func run(in session: ClientSession) async throws {
        let bytes = try read()
        if !yes {
            let look = try await session.importFile(bytes, query: query(isDryRun: true))
            session.show(look) { ImportCommand.lines(of: look) }
            let count = look["created"]?.integer ?? 0
            let hasMore = look["filters"]?.integer ?? 0 > 0 || look["settings"] == true
            if dryRun || count == 0 && !hasMore { return }
            let question = "Import \(count == 1 ? "1 task" : "\(count) tasks")? [y/N]"
            let answer = try Prompt.ask(question, otherwise: "--yes").lowercased()
            guard ["y", "yes"].contains(answer) else { throw ClientError.cancelled }
        } else if dryRun {
            let look = try await session.importFile(bytes, query: query(isDryRun: true))
            return session.show(look) { ImportCommand.lines(of: look) }
        }
        let report = try await session.importFile(bytes, query: query(isDryRun: false))
        session.show(report) {
            (yes ? ImportCommand.lines(of: report) : [ImportCommand.result(report)]) + ImportCommand.undo(report)
        }
    }

    private func query(isDryRun: Bool) -> [(name: String, value: String)] {
        var query = [(name: "format", value: format?.rawValue ?? "auto")]
        if isDryRun { query.append((name: "dry_run", value: "true")) }
        if settings { query.append((name: "settings", value: "true")) }
        let name = URL(fileURLWithPath: file).lastPathComponent
        if file != "-", name.unicodeScalars.count <= Limits.fileNameLengthMax {
            query.append((name: "file_name", value: name))
        }
        return query
    }

    /// At most as much as a server takes, and one octet more, so that it says so.
    private func read() throws(ClientError) -> Data {
        do {
            let handle = file == "-" ? FileHandle.standardInput : try FileHandle(forReadingFrom: URL(filePath: file))
            var bytes = Data()
            while bytes.count <= Limits.importBytesMax,
                let piece = try handle.read(upToCount: Limits.importBytesMax + 1 - bytes.count), !piece.isEmpty
            {
                bytes += piece
            }
            return bytes
        } catch {
            throw .file("\(file) cannot be read.")
        }
    }

    private static func lines(of report: JSONValue) -> [String] {
        let notes = (report["notes"]?.array ?? []).map(line)
        let more = report["notes_left_out"]?.integer ?? 0
        return notes + (more > 0 ? ["And \(more) more notes."] : []) + [result(report)]
    }

    /// `line 12, due: Lies outside of the years …`, and whether the task is left out.
    private static func line(_ note: JSONValue) -> String {
        let place = "line \(note["line"]?.integer ?? 0)" + (note["column"]?.integer.map { ":\($0)" } ?? "")
        let field = note["field"]?.string.map { ", \($0)" } ?? ""
        let isLeftOut = note["severity"] == "error"
        return PlainText.line("\(place)\(field): \(note["detail"]?.string ?? "")" + (isLeftOut ? " Left out." : ""))
    }

    /// `Added 120 tasks; 3 were there already; 1 is left out.`
    private static func result(_ report: JSONValue) -> String {
        let counts = ["created", "existing", "left_out"].map { report[$0]?.integer ?? 0 }
        let isDryRun = report["dry_run"] == true
        let tasks = counts[0] == 1 ? "1 task" : "\(counts[0]) tasks"
        let added = isDryRun ? "Would add \(tasks)" : "Added \(tasks)"
        let filters = report["filters"]?.integer ?? 0
        let more = (filters > 0 ? ["\(filters) saved filters"] : []) + (report["settings"] == true ? ["settings"] : [])
        let format = report["format"]?.string ?? ""
        return "\(([added] + more).joined(separator: ", ")); \(counts[1]) there already; \(counts[2]) left out. "
            + "Read as \(format)."
    }

    private static func undo(_ report: JSONValue) -> [String] {
        switch report["undo"]?.array?.count ?? 0 {
        case 0: []
        case 1: ["Take it back within ten minutes with: errand undo"]
        case let count: ["Take it back within ten minutes with: errand undo (\(count) times, part by part)"]
        }
    }
}
