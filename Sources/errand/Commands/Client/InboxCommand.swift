import ArgumentParser
import ErrandClient
import ErrandCore

struct InboxCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "inbox", abstract: "Show what reminders have said, by default what is unread."
    )

    @OptionGroup var options: ClientOptions

    @Flag(help: "What was read, too.")
    var all = false

    @Flag(help: "Mark everything as read.")
    var clear = false

    func run(in session: ClientSession) async throws {
        if clear {
            let json = try await session.write(.post, ["notifications", "read-all"]).json
            return session.show(json) { ["Marked as read: \(json["marked"]?.integer ?? 0)"] }
        }
        let query = [(name: "status", value: all ? "all" : "unread")]
        let json = try await session.read(["notifications"], query: query).json
        session.show(json) {
            (json["items"]?.array ?? []).map { item in
                let title = PlainText.line(item["title"]?.string ?? "")
                let late = item["late"]?.bool == true ? "  (late)" : ""
                return "\(PlainText.line(item["remind_at"]?.string ?? ""))  \(title)\(late)"
            }
        }
    }
}
