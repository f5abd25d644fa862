import CivilTime

/// What tasks of a Taskwarrior file have to do with each other, gathered before they are read.
///
/// A series is a hidden template (`recurring`) and the tasks made from it (`parent`), of which several may be open.
/// Here a series has one open task that the next is made from: the last of them goes on as the series, the others are
/// tasks of their own, and the template becomes one only where none of them is open. So nothing comes twice.
struct TaskwarriorSeries {
    /// What a template says about the tasks made from it.
    struct Template {
        /// Whether others are made from it still.
        var goesOn: Bool
        var until: String
    }

    private struct Last {
        var due: String
        var mark: JSONScanner.Mark
    }

    /// By the UUID of the template.
    private(set) var templates: [String: Template] = [:]
    private var last: [String: Last] = [:]
    /// What tasks that others wait for are called.
    private(set) var titles: [String: String] = [:]

    /// - Parameter walk: at the beginning of the file.
    init(_ walk: TaskwarriorWalk) throws(TaskFileError) {
        var wanted: Set<String> = []
        var reading = walk
        while let (node, mark) = try reading.next() {
            let task = node.fields
            if task.text("status") == "recurring" || !task["mask"].isEmpty {
                let goesOn = task.text("status") == "recurring"
                templates[task.text("uuid")] = Template(goesOn: goesOn, until: task.text("until"))
            }
            let parent = task.text("parent")
            if !parent.isEmpty, ["pending", "waiting"].contains(task.text("status")) {
                // Dates are written so that later ones are greater.
                let due = task.text("due")
                if last[parent].map({ $0.due <= due }) ?? true { last[parent] = Last(due: due, mark: mark) }
            }
            wanted.formUnion(TaskwarriorSeries.dependencies(of: task))
        }
        if wanted.isEmpty { return }
        reading = walk
        while let (node, _) = try reading.next() {
            let key = node.fields.text("uuid")
            if wanted.contains(key) { titles[key] = node.fields.text("description") }
        }
    }

    /// Whether the series goes on with the task at `mark`.
    func goesOn(from mark: JSONScanner.Mark, of parent: String) -> Bool {
        last[parent]?.mark == mark && templates[parent]?.goesOn ?? true
    }

    func hasOpenTask(of template: String) -> Bool { last[template] != nil }

    /// The UUIDs of tasks that have to be done before: a list, and in files of old versions a text.
    static func dependencies(of task: JSONFields) -> [String] {
        let value = task["depends"]
        let texts = value.items.isEmpty ? [value.text ?? ""] : value.items.compactMap(\.text)
        return texts.flatMap { $0.split(separator: ",") }.map { String($0).trimmed }.filter { !$0.isEmpty }
    }
}

/// Goes through the tasks of a Taskwarrior file: one array, or object after object as old versions write them, with or
/// without commas between them.
struct TaskwarriorWalk {
    private var scanner: JSONScanner
    private let isArray: Bool
    private var isFirst = true
    private var isAtEnd = false

    init(_ text: [UInt8]) throws(TaskFileError) {
        scanner = JSONScanner(text)
        isArray = scanner.take(.openBracket)
        if !isArray, scanner.following() != .openBrace { throw scanner.error("expected '[' or '{'") }
    }

    mutating func next() throws(TaskFileError) -> (node: JSONNode, mark: JSONScanner.Mark)? {
        if isAtEnd { return nil }
        defer { isFirst = false }
        let hasComma = !isFirst && scanner.take(.comma)
        if isArray, scanner.take(.closeBracket) {
            if scanner.following() != nil { throw scanner.error("unexpected text after the value") }
            isAtEnd = true
            return nil
        }
        if isArray, !isFirst, !hasComma { throw scanner.error("expected ',' or ']'") }
        if !isArray, scanner.following() == nil {
            isAtEnd = true
            return nil
        }
        _ = scanner.following()
        let mark = scanner.mark
        return (try scanner.value(), mark)
    }
}
