public import ArgumentParser
import CivilTime
public import ErrandCore

/// What an operator does with events, on the server's own machine: whoever may read the file may do this.
struct EventsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events", abstract: "For operators: look at events, and replay what failed.",
        discussion: "Works on the database itself, beside a running server or without one.",
        subcommands: [TailCommand.self, DeadLettersCommand.self, ReplayCommand.self]
    )
}

struct TailCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tail", abstract: "Print events as CloudEvents, a line each.",
        discussion: "The place of an event, for --after, is its member errandsequence."
    )

    @OptionGroup var source: DatabaseOptions

    @Option(help: "Only from the event after this place.")
    var after: Int64?

    @Option(name: .customShort("n"), help: "So many of the last ones, unless --after is given.")
    var count = 10

    @Option(help: "task-events, reminders or task-updates. (default: task-events and reminders)")
    var topic: Topic?

    @Flag(name: .shortAndLong, help: "Go on with what comes; Ctrl-C ends it.")
    var follow = false

    private static let sliceSize = 500
    private static let pause = Duration.milliseconds(500)

    func run() async throws {
        try await source.open { store in
            var place = try await start(in: store)
            while true {
                let from = place
                let events = try await store.read { (transaction) throws(ErrandError) in
                    try transaction.outbox.events(of: nil, after: from, limit: TailCommand.sliceSize)
                }
                for event in events { show(event) }
                place = events.last?.sequence ?? place
                if events.count == TailCommand.sliceSize { continue }
                guard follow else { return }
                try await Task.sleep(for: TailCommand.pause)
            }
        }
    }

    private func start(in store: any Store) async throws -> Int64 {
        if let after { return after }
        let count = max(count, 0)
        return try await store.read { (transaction) throws(ErrandError) in
            try transaction.outbox.place(beforeLast: count)
        }
    }

    private func show(_ event: StoredEvent) {
        for message in EventMessage.all(of: event) {
            guard topic.map({ $0 == message.topic }) ?? (message.topic != .taskUpdates) else { continue }
            Terminal.write(message.cloudEvent.dropLast() + ",\"errandsequence\":\"\(event.sequence)\"}")
        }
    }
}

struct DeadLettersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dead-letters", abstract: "List events that a role could not handle, with the reason."
    )

    @OptionGroup var source: DatabaseOptions

    @Option(help: "Only of this role.")
    var role: ProcessRole?

    @Flag(help: "Print JSON, a line each, with the whole event.")
    var json = false

    private static let limit = 1_000

    func run() async throws {
        let role = role
        let letters = try await source.open { store in
            try await store.read { (transaction) throws(ErrandError) in
                try transaction.consumers.deadLetters(
                    of: role?.rawValue, toReplay: false, limit: DeadLettersCommand.limit
                )
            }
        }
        for letter in letters {
            Terminal.write(json ? DeadLettersCommand.json(letter) : DeadLettersCommand.line(letter))
        }
        if letters.isEmpty, !json { Terminal.remark("There are none.") }
        if letters.count == DeadLettersCommand.limit { Terminal.remark("There may be more.") }
    }

    private static func line(_ letter: DeadLetter) -> String {
        let event = letter.event.event
        return [letter.addedAt.description, letter.consumer, event.id.description, event.type.name, letter.reason]
            .joined(separator: "  ")
    }

    private static func json(_ letter: DeadLetter) -> String {
        let event = letter.event.event
        let json: JSONValue = [
            "added_at": .string(letter.addedAt.description), "role": .string(letter.consumer),
            "reason": .string(letter.reason), "event_id": .string(event.id.description),
            "event_type": .string(event.type.name), "data": .string(event.data),
        ]
        return json.text
    }
}

struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Have dead letters of a role tried again.",
        discussion: "The running server does so within ten seconds, another one when it starts."
    )

    @OptionGroup var source: DatabaseOptions

    @Option(help: "The role that could not handle them.")
    var role: ProcessRole

    @Option(help: "Only the one about this event.", transform: EventsCommand.eventID)
    var event: EventID?

    @Flag(help: "All of the role.")
    var all = false

    func validate() throws {
        if (event == nil) != all { throw ValidationError("Give --event or --all.") }
    }

    func run() async throws {
        let (role, event) = (role, event)
        let count = try await source.open { store in
            try await store.write { (transaction) throws(ErrandError) in
                try transaction.consumers.requestReplay(of: role.rawValue, event: event)
            }
        }
        Terminal.write("Asked for: \(count)")
        if count == 0 { throw ExitCode.failure }
    }
}

extension EventsCommand {
    static func eventID(_ text: String) throws -> EventID {
        guard let id = EventID(text) else { throw ValidationError("The id of an event is a UUID.") }
        return id
    }
}

extension ProcessRole: ExpressibleByArgument {}
extension Topic: ExpressibleByArgument {}
