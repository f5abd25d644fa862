import ErrandCore
import Foundation
import ModelContextProtocol

/// What people start a conversation with: a request in words, and what it is about beside it.
enum AgentPrompt: String, CaseIterable, Sendable {
    case planMyDay = "plan_my_day"
    case weeklyReview = "weekly_review"
    case brainDump = "brain_dump"

    var json: JSONValue {
        switch self {
        case .planMyDay:
            described(
                "Plan my day", "What is overdue and due, put into a day that can be done.",
                [argument("day", "Which day: today unless it is given; words will do")]
            )
        case .weeklyReview:
            described(
                "Weekly review", "Goes through what is open, and asks what to keep, move or drop.",
                [argument("tag", "Only tasks with this tag")]
            )
        case .brainDump:
            described(
                "Brain dump", "Turns notes into tasks.",
                [argument("notes", "Whatever is on your mind", isRequired: true)]
            )
        }
    }

    /// What it is about; nil where the words are all there is.
    func resource(_ arguments: [String: String]) -> String? {
        switch self {
        case .planMyDay: "errand://agenda/\(AgentPrompt.encoded(arguments["day"] ?? "today"))"
        case .weeklyReview: arguments["tag"].map { "errand://tags/\(AgentPrompt.encoded($0))" } ?? "errand://tasks"
        case .brainDump: nil
        }
    }

    func text(_ arguments: [String: String]) -> String {
        switch self {
        case .planMyDay:
            """
            Help me plan \(arguments["day"] ?? "today"). Look at the agenda below. Say in a few lines what has to \
            happen and in what order, and what could wait. Ask before you change anything; then move what I agree to \
            move with reschedule_task, in one call.
            """
        case .weeklyReview:
            """
            Let us go through my open tasks below, those that are overdue or have no date first, a handful at a time. \
            For each ask whether to keep, move, change or drop it. Make the changes of a round in as few calls as you \
            can, and say what you did with numbers and dates.
            """
        case .brainDump:
            """
            Turn these notes into tasks with one call of add_task: short titles that begin with a verb, dates and \
            recurrences in my own words in their arguments, tags where they are plain. Then say what you added and \
            what you were not sure of. The notes:

            \(arguments["notes"] ?? "")
            """
        }
    }

    private func described(_ title: String, _ description: String, _ arguments: [JSONValue]) -> JSONValue {
        [
            "name": .string(rawValue), "title": .string(title), "description": .string(description),
            "arguments": .array(arguments),
        ]
    }

    private func argument(_ name: String, _ description: String, isRequired: Bool = false) -> JSONValue {
        ["name": .string(name), "description": .string(description), "required": .bool(isRequired)]
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}

extension AgentHost {
    /// Of the text that an argument may have.
    private static let argumentLengthMax = 10_000

    func prompt(
        _ name: String, _ arguments: [String: String], _ request: ClientRequest, _ caller: Caller
    ) async throws(ProtocolError) -> JSONValue {
        guard let prompt = AgentPrompt(rawValue: name) else {
            throw .invalidParams("There is no prompt \(name.prefix(100)).")
        }
        let known = prompt.json["arguments"]?.array ?? []
        for argument in known where argument["required"] == true {
            let name = argument["name"]?.string ?? ""
            if arguments[name]?.isEmpty ?? true { throw .invalidParams("The argument \(name) is required.") }
        }
        guard arguments.values.allSatisfy({ $0.unicodeScalars.count <= AgentHost.argumentLengthMax }) else {
            throw .invalidParams("An argument must have at most \(AgentHost.argumentLengthMax) characters.")
        }
        let given = arguments.filter { !$0.value.isEmpty }
        var messages = [ContentBlock.text(prompt.text(given))]
        if let uri = prompt.resource(given) {
            guard let resource = AgentResource(uri) else { throw .invalidParams("There is no \(uri.prefix(100)).") }
            do throws(ErrandError) {
                messages.append(.resource(AgentHost.content(try await content(of: resource, caller), at: uri)))
            } catch {
                throw .failing(with: error)
            }
        }
        return request.promptResponse(prompt.json["description"]?.string ?? "", messages)
    }
}
