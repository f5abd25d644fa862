import ArgumentParser
import ErrandClient
import ErrandCore

/// The channel that something is done with.
struct ChannelArgument: ParsableArguments {
    @Argument(help: "The id of the channel; they are in: errand notify list")
    var channel: String

    func path(_ act: String) -> [String] { ["notifications", "channels", channel, act] }
}

/// Where you can be reached.
struct NotifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notify", abstract: "See where you can be reached, and whether it works.",
        subcommands: [List.self, Test.self, Verify.self, RotateSecret.self, Replay.self, Why.self]
    )

    struct List: ClientCommand {
        static let configuration = CommandConfiguration(abstract: "List your channels and how they are.")

        @OptionGroup var options: ClientOptions

        func run(in session: ClientSession) async throws {
            let json = try await session.read(["notifications", "channels"]).json
            session.show(json) {
                (json["items"]?.array ?? []).map { item in
                    let parts = [item["id"], item["kind"], item["status"], item["name"]]
                    let failure = item["last_result"]?["reason"]?.string.map { "  (\(PlainText.line($0)))" } ?? ""
                    return parts.map { PlainText.line($0?.string ?? "") }.joined(separator: "  ") + failure
                }
            }
        }
    }

    struct Test: ClientCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send a test to a channel."
        )

        @OptionGroup var options: ClientOptions

        @OptionGroup var channel: ChannelArgument

        func run(in session: ClientSession) async throws {
            let json = try await session.write(.post, channel.path("test")).json
            session.show(json) {
                let id = PlainText.line(json["notification_id"]?.string ?? "")
                return ["A test is on its way. What becomes of it: errand notify why \(id)"]
            }
        }
    }

    struct Verify: ClientCommand {
        static let configuration = CommandConfiguration(
            abstract: "Have the link sent again that verifies an e-mail channel."
        )

        @OptionGroup var options: ClientOptions

        @OptionGroup var channel: ChannelArgument

        func run(in session: ClientSession) async throws {
            let json = try await session.write(.post, channel.path("verify")).json
            session.show(json) {
                let address = PlainText.line(json["configuration"]?["address"]?.string ?? "")
                return ["A mail is on its way to \(address). Its link leads to a button that lets reminders go there."]
            }
        }
    }

    struct RotateSecret: ClientCommand {
        static let configuration = CommandConfiguration(
            abstract: "Replace the secret that a webhook's calls are signed with.",
            discussion: "The one before is good for another day."
        )

        @OptionGroup var options: ClientOptions

        @OptionGroup var channel: ChannelArgument

        func run(in session: ClientSession) async throws {
            let json = try await session.write(.post, channel.path("rotate-secret")).json
            session.show(json) {
                let end = PlainText.line(json["configuration"]?["previous_secret_until"]?.string ?? "")
                return [
                    PlainText.line(json["secret"]?.string ?? ""),
                    "It is shown this once. The one before is good until \(end).",
                ]
            }
        }
    }

    struct Replay: ClientCommand {
        static let configuration = CommandConfiguration(
            abstract: "Have a webhook sent again what went there.",
            discussion: "At most 100 calls at a time."
        )

        @OptionGroup var options: ClientOptions

        @OptionGroup var channel: ChannelArgument

        @Option(help: "The webhook-id of the last call that need not come again. (default: all that is kept)")
        var since: String?

        func run(in session: ClientSession) async throws {
            let path = channel.path("replay")
            let body = since.map { JSONValue.object(["since": .string($0)]) } ?? [:]
            let json = try await session.write(.post, path, body: body).json
            session.show(json) {
                let count = json["replayed"]?.integer ?? 0
                let next = json["next_cursor"]?.string.map { "Go on with: --since \(PlainText.line($0))" }
                return ["Sent again: \(count)"] + [next].compactMap(\.self)
            }
        }
    }

    struct Why: ClientCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say why you did or did not get a notification.",
            discussion: "The ids are in: errand inbox --all --json"
        )

        @OptionGroup var options: ClientOptions

        @Argument(help: "The id of the notification.")
        var notification: String

        func run(in session: ClientSession) async throws {
            let json = try await session.read(["notifications", notification, "deliveries"]).json
            session.show(json) {
                (json["items"]?.array ?? []).map { item in
                    let name = PlainText.line(item["name"]?.string ?? item["channel"]?.string ?? "")
                    return "\(name): \(PlainText.line(item["explanation"]?.string ?? ""))"
                }
            }
        }
    }
}
