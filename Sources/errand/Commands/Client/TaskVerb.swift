import ArgumentParser
import ErrandClient
import ErrandCore

/// What can be done to several tasks at once.
enum TaskVerb: String {
    case complete, reopen, delete, restore

    /// `Done` 12: Buy milk
    var past: String {
        switch self {
        case .complete: "Done"
        case .reopen: "Open again"
        case .delete: "In the trash"
        case .restore: "Restored"
        }
    }
}

/// The tasks that a verb is for.
struct TaskArguments: ParsableArguments {
    @Argument(help: "Numbers or ids.")
    var tasks: [TaskReference]

    func validate() throws { try TaskArguments.check(tasks) }

    static func check(_ tasks: [TaskReference]) throws {
        if tasks.count > Limits.batchCommandsMax {
            throw ValidationError("At most \(Limits.batchCommandsMax) tasks at once.")
        }
    }
}

extension ClientSession {
    /// Does `verb` to each task on its own; several go in one request and are taken back by one undo.
    func perform(_ verb: TaskVerb, _ tasks: [TaskReference]) async throws {
        if tasks.count == 1 {
            let reply =
                verb == .delete
                ? try await write(.delete, ["tasks", tasks[0].description])
                : try await write(.post, ["tasks", tasks[0].description, verb.rawValue])
            show(reply.json) { [line(verb, tasks[0], reply.json)] }
        } else {
            try await performBatch(verb, tasks)
        }
    }

    private func performBatch(_ verb: TaskVerb, _ tasks: [TaskReference]) async throws {
        let commands = tasks.enumerated().map { index, task -> JSONValue in
            let reference: JSONValue =
                switch task {
                case .number(let number): .integer(number)
                case .id(let id): .string(id.description)
                }
            return ["id": .string(String(index)), "op": .string(verb.rawValue), "args": ["task_id": reference]]
        }
        let reply = try await write(.post, ["tasks", "batch"], body: ["commands": .array(commands)])
        let results = reply.json["results"]?.array ?? []
        guard results.count == tasks.count else {
            throw ClientError.unexpected("The server's answer does not fit the request.")
        }
        var done: [String] = []
        var failures: [(TaskReference, ClientError)] = []
        for (task, result) in zip(tasks, results) {
            let status = Int(result["status"]?.integer ?? 0)
            if (200..<300).contains(status) {
                done.append(line(verb, task, result["task"] ?? .null))
            } else {
                failures.append((task, .problem(Problem(result["problem"] ?? .null, status: status))))
            }
        }
        show(reply.json) { done }
        for (task, failure) in failures { Terminal.remark("errand: \(task): \(failure.sentence)") }
        guard let status = failures.first?.1.exitStatus else { return }
        // Failures of different kinds are just a failure.
        throw failures.allSatisfy { $0.1.exitStatus == status } ? ExitCode(status) : ExitCode.failure
    }

    private func line(_ verb: TaskVerb, _ task: TaskReference, _ json: JSONValue) -> String {
        "\(verb.past) \(TaskView(json)?.label ?? task.description)"
    }
}
