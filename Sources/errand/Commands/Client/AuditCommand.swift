import ArgumentParser
import Crypto
import ErrandClient
import ErrandCore
import Foundation

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "The log of everything that was done, and the proof that it is unchanged.",
        subcommands: [AuditListCommand.self, AuditVerifyCommand.self, AuditExportCommand.self],
        defaultSubcommand: AuditListCommand.self
    )
}

struct AuditListCommand: ClientCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the log, the newest first.")

    @OptionGroup var options: ClientOptions

    @Option(help: "Only what happened to this task: its number or id.")
    var task: TaskReference?

    @Option(help: "Only this kind: task.completed, say.")
    var action: String?

    @Option(help: "At most so many, 1 to 200.")
    var limit = 50

    func run(in session: ClientSession) async throws {
        var query = [(name: "limit", value: String(limit))]
        if let action { query.append((name: "action", value: action)) }
        if let task {
            let found = try await session.read(["tasks", task.description]).json
            query.append((name: "task_id", value: found["id"]?.string ?? ""))
        }
        let json = try await session.read(["audit"], query: query).json
        session.show(json) { (json["items"]?.array ?? []).map(AuditListCommand.line) }
    }

    /// `12  2026-01-15T10:30:00Z  task.updated  title  by user`
    private static func line(_ entry: JSONValue) -> String {
        let fields = entry["before"]?.object?.members.map(\.name).joined(separator: ", ")
        let title = entry["after"]?["title"]?.string.map(PlainText.line)
        let actor = entry["actor"]?["name"]?.string ?? entry["actor"]?["kind"]?.string ?? ""
        return [
            String(entry["seq"]?.integer ?? 0), entry["at"]?.string ?? "", entry["action"]?.string ?? "",
            fields ?? title ?? "", "by \(actor)",
        ].map(PlainText.line).joined(separator: "  ")
    }
}

struct AuditVerifyCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Compute every hash of the log anew.",
        discussion: """
            With --file, an export is checked on this machine, without any server. With --all, for operators, every \
            log of the database is, beside a running server or without one, and the tombstones of deleted accounts.
            """
    )

    @OptionGroup var options: ClientOptions

    @OptionGroup var source: DatabaseOptions

    @Flag(help: "Every log of the database, and the tombstones.")
    var all = false

    @Option(help: "With --all: also say what stands for the log of this deleted account.")
    var account: String?

    @Option(help: "An export to check.", completion: .file())
    var file: String?

    func validate() throws {
        if all, file != nil { throw ValidationError("Give --file or --all.") }
        if !all, account != nil || source.data != nil { throw ValidationError("--account and --data go with --all.") }
        if let account, UserID(account) == nil { throw ValidationError("The id of an account is a UUID.") }
    }

    func run(in session: ClientSession) async throws {
        if all { return try await inspect(for: session) }
        let json: JSONValue
        if let file {
            json = try AuditVerifyCommand.check(file)
        } else {
            json = try await session.read(["audit", "verify"]).json
        }
        let isGood = json["ok"]?.bool == true
        session.show(json) {
            let checked = json["checked"]?.integer ?? 0
            if isGood {
                return ["All \(checked) entries are as they were written. Head: \(json["head"]?.string ?? "")"]
            }
            return ["Entry \(json["first_bad_seq"]?.integer ?? 0) is not as it was written; \(checked) before it are."]
        }
        if !isGood { throw ExitCode.failure }
    }

    private func inspect(for session: ClientSession) async throws {
        let account = account.flatMap { UserID($0) }
        let report = try await source.open { store in
            let chain = AuditChain { bytes in Array(SHA256.hash(data: bytes)) }
            return try await AuditInspection(store: store, chain: chain).run(lookingFor: account)
        }
        session.show(report.json) { AuditVerifyCommand.lines(of: report) }
        if account != nil, report.wanted == nil {
            Terminal.remark("No tombstone stands for that account.")
            throw ExitCode.failure
        }
        if !report.isGood { throw ExitCode.failure }
    }

    private static func lines(of report: AuditInspection.Report) -> [String] {
        var lines = report.broken.map { log in
            "Broken: the log of \(log.space) at entry \(log.firstBad)."
        }
        if report.brokenCount > report.broken.count { lines.append("\(report.brokenCount) logs are broken.") }
        if let number = report.firstBadTombstone { lines.append("Broken: tombstone \(number).") }
        lines.append(
            "As they were written: \(report.entries) entries in \(report.logs) logs, \(report.tombstones) tombstones.")
        lines.append("Head of the tombstones: \(report.tombstoneHead)")
        if let stone = report.wanted {
            lines.append("The log of the account ended \(stone.at) with \(stone.entries) entries. Head: \(stone.head)")
        }
        return lines
    }

    private static func check(_ path: String) throws -> JSONValue {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw ClientError.file("\(path) cannot be read.")
        }
        var verification = AuditVerification(chain: .sha256)
        for line in text.split(separator: "\n") {
            if let json = try? JSONValue.parse(String(line)), let entry = SealedAuditEntry(json) {
                verification.check(entry)
            } else {
                verification.markUnreadable()
            }
        }
        return verification.json
    }
}

struct AuditExportCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Print the whole log, an entry a line, the oldest first.",
        discussion: "Example: errand audit export > audit.jsonl && errand audit verify --file audit.jsonl"
    )

    @OptionGroup var options: ClientOptions

    func run(in session: ClientSession) async throws {
        let text = String(decoding: try await session.download(["audit", "export"]), as: UTF8.self)
        Terminal.write(text.split(separator: "\n").map(String.init))
    }
}

extension AuditChain {
    /// With the hash that all our audit logs are made with.
    static let sha256 = AuditChain { bytes in Array(SHA256.hash(data: bytes)) }
}
