import Interchange

/// Reads the tasks of Errand's own export one by one, wherever in the document its members stand.
struct ExportReader {
    /// Of the document that is written and read here.
    static let version: Int64 = 1

    private enum Place {
        case start, tasks, end
    }

    /// What the document says beside its tasks; known when it has been read to its end.
    private(set) var account = ExportedAccount()
    private var stream: JSONStream
    private var place = Place.start
    private var names: Set<String> = []
    private var isFirst = true

    init(_ content: any FileContent) {
        stream = JSONStream(content)
    }

    /// - Returns: the next task as the document has it, and the line on which it begins; nil after the last one.
    /// - Throws: what makes the document unreadable, or another one than ours.
    mutating func next() throws(TaskFileError) -> (task: JSONValue, line: Int)? {
        if place == .start { place = try readHead() ? .tasks : .end }
        guard place == .tasks else { return nil }
        try stream.skipWhiteSpace()
        if try stream.take("]") {
            place = try readMembers() ? .tasks : .end
            if place == .tasks { throw stream.broken("repeated member name") }
            return nil
        }
        if !isFirst {
            guard try stream.take(",") else { throw stream.broken("expected ',' or ']'") }
            try stream.skipWhiteSpace()
        }
        isFirst = false
        let line = stream.line
        return (try stream.parseValue(depth: 2), line)
    }

    /// - Returns: false where there are no tasks.
    private mutating func readHead() throws(TaskFileError) -> Bool {
        // What marks a text as UTF-8.
        try stream.skipByteOrderMark()
        try stream.skipWhiteSpace()
        guard try stream.take("{") else { throw stream.broken("expected an export of Errand, which is an object") }
        try stream.skipWhiteSpace()
        if try stream.take("}") { throw stream.broken("expected an export of Errand, with format and version") }
        return try readMember() ? true : readMembers()
    }

    /// Reads on to the list of tasks, or to the end.
    ///
    /// - Returns: whether the list was reached.
    private mutating func readMembers() throws(TaskFileError) -> Bool {
        try stream.skipWhiteSpace()
        while try stream.take(",") {
            try stream.skipWhiteSpace()
            if try readMember() { return true }
            try stream.skipWhiteSpace()
        }
        guard try stream.take("}") else { throw stream.broken("expected ',' or '}'") }
        try stream.skipWhiteSpace()
        guard try stream.isAtEnd() else { throw stream.broken("unexpected text after the value") }
        guard names.isSuperset(of: ["format", "version", "tasks"]) else {
            throw stream.broken("the document is no export of Errand: it has no format, version or tasks")
        }
        return false
    }

    /// - Returns: whether the list of tasks begins here.
    private mutating func readMember() throws(TaskFileError) -> Bool {
        let name = try stream.parseName()
        guard names.insert(name).inserted else { throw stream.broken("repeated member name") }
        if name == "tasks" {
            guard try stream.take("[") else { throw stream.broken("expected the list of tasks") }
            return true
        }
        if name == "history" {
            // It is proof of what happened in the account that it comes from, and of nothing else.
            try stream.skipList()
            return false
        }
        let value = try stream.parseValue(depth: 1)
        switch name {
        case "format" where value != "errand": throw stream.broken("the document is no export of Errand")
        case "version" where value != .integer(ExportReader.version):
            throw stream.broken("version \(ExportReader.version) of the export is read, and no other")
        case "user": account.user = value
        case "filters": account.filters = value.array ?? []
        default: break
        }
        return false
    }
}

/// What an export has beside its tasks.
struct ExportedAccount {
    /// The person, and how they have set Errand; nil where the document does not say.
    var user: JSONValue?
    /// Saved filters.
    var filters: [JSONValue] = []
}
