import ArgumentParser
import CivilTime
import ErrandClient
import ErrandCore
import Foundation

struct WatchCommand: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Show changes as they happen, a line each; Ctrl-C ends it.",
        discussion: "Goes on where it was when the connection comes back."
    )

    @OptionGroup var options: ClientOptions

    @Option(help: "End after so many changes.")
    var count: Int?

    @Option(help: "Begin after the change of this number instead of now; 0: with all that the server still has.")
    var cursor: Int64?

    func run(in session: ClientSession) async throws {
        if !session.printsJSON { Terminal.remark("Watching \(session.server). Ctrl-C ends it.") }
        var left = count ?? .max
        try await session.feed.follow(after: cursor) { item in
            switch item {
            case .change(let frame):
                if session.printsJSON {
                    Terminal.write(frame.text)
                } else {
                    Terminal.write(WatchCommand.line(frame))
                }
                left -= 1
            case .reset: Terminal.remark("Changes were missed: the server no longer has them.")
            case .interrupted(let error): Terminal.remark("errand: \(error.sentence) Trying again.")
            }
            return left > 0
        }
    }

    /// `14:05:09  completed  12: Buy milk`
    private static func line(_ frame: JSONValue) -> String {
        let type = frame["event_type"]?.string ?? ""
        let time = ClientSession.zone.local(at: ClientSession.now()).time
        let verb = PlainText.line(String(type.split(separator: ".").last ?? ""))
        let name =
            frame["task"].flatMap { TaskView($0)?.label }
            ?? ["reminder", "notification"].lazy.compactMap { kind in
                frame[kind]?["title"]?.string.map { "\(kind): \(PlainText.line($0))" }
            }.first ?? PlainText.line(frame["subject"]?["kind"]?.string ?? "")
        return "\(time)  \(verb.padding(toLength: 9, withPad: " ", startingAt: 0))  \(name)"
    }
}
