import Testing

/// The order of the rooms of a module, the lowest first: a room may name types of those before it.
struct RoomOrder {
    /// Below the root of the repository, with a slash at its end.
    let folder: String
    let rooms: [String]

    static let core = RoomOrder(
        folder: "Sources/Core/ErrandCore/",
        rooms: [
            "", "JSON", "Identity", "Errors", "Input", "Letters", "Accounts", "Mail", "Spaces", "Tags", "Fields",
            "Reminders", "Series", "Tasks", "Finding", "Reminders/TimeLine", "Events", "Audit", "Notifications",
            "Deliveries", "Conversations", "Feeds", "Undo", "Transfer", "Calendars", "Store", "Operations",
            "Accounts/Operations", "Mail/Operations", "Audit/Operations", "Conversations/Operations",
            "Finding/Operations", "Notifications/Operations", "Deliveries/Operations", "Reminders/Operations",
            "Tasks/Operations", "Series/Operations", "Tags/Operations", "Undo/Operations", "Transfer/Operations",
            "Calendars/Operations", "Feeds/Operations", "QuickAdd", "QuickAdd/Operations", "Catalogue", "Tools",
            "Chat/Model", "Chat",
        ]
    )

    static let language = RoomOrder(
        folder: "Sources/Core/TaskLanguage/",
        rooms: ["Meanings", "Vocabulary", "Reading", "Dates", "Rules", "QuickAdd", "Filters"]
    )

    /// Every name that a file uses of a room above its own, and every file in a room that has no place in the order.
    func violations(in files: [Project.File]) -> [String] {
        let files = files.filter { $0.path.hasPrefix(folder) }.map { RoomFile($0, below: folder) }
        var homes: [String: String] = [:]
        for file in files { for name in file.declared { homes[name] = file.room } }
        return files.flatMap { file -> [String] in
            guard let place = rooms.firstIndex(of: file.room) else {
                return ["\(file.path): \(file.room) has no place"]
            }
            return file.named.sorted().compactMap { name in
                guard let home = homes[name], let other = rooms.firstIndex(of: home), other > place else { return nil }
                return "\(file.path): \(name) is of \(home), above \(file.room)"
            }
        }
    }
}

/// What a file declares and names, read from its text.
private struct RoomFile {
    let path: String
    let room: String
    /// Types that others can name.
    private(set) var declared: Set<String> = []
    /// Types by their names, its own left out.
    private(set) var named: Set<String> = []

    init(_ file: Project.File, below folder: String) {
        path = file.path
        room = file.path.dropFirst(folder.count).split(separator: "/").dropLast().joined(separator: "/")
        var own: Set<String> = []
        let access = #/^((public|package|fileprivate|private|final|indirect) )*/#
        for (_, line) in file.lines {
            let code = RoomFile.code(line)
            let declaration = code.drop { $0 == " " }
            let rest = declaration.prefixMatch(of: access).map { declaration[$0.range.upperBound...] } ?? declaration
            if let match = rest.prefixMatch(of: #/(struct|enum|class|actor|protocol|typealias) (\w+)/#) {
                own.insert(String(match.2))
                if code.first != " ", !declaration.contains("private ") { declared.insert(String(match.2)) }
            }
            // An id says what it is of and knows nothing of it.
            for match in code.replacing(#/\bID<\w+>/#, with: "ID").matches(of: #/\b[A-Z]\w+/#) {
                named.insert(String(match.0))
            }
        }
        named.subtract(own)
    }

    /// A line without its comment and without what stands between quotes.
    private static func code(_ line: Substring) -> String {
        let text = line.split(separator: "//", maxSplits: 1, omittingEmptySubsequences: false)[0]
        return String(text).replacing(#/"[^"]*"/#, with: "\"\"")
    }
}

@Suite struct RoomTests {
    @Test(arguments: ["core", "language"])
    func `no room names what is above it`(_ module: String) throws {
        let order = module == "core" ? RoomOrder.core : .language
        let files = try Project.read().swift(in: order.folder)
        #expect(order.violations(in: files) == [])
        for room in order.rooms {
            #expect(
                files.contains { RoomTests.room(of: $0, in: order) == room }, "\(room) is gone; so should its place be")
        }
    }

    @Test func `a circle of rooms and a room without a place are found`() {
        let order = RoomOrder(folder: "Core/", rooms: ["Tags", "Tasks"])
        func file(_ path: String, _ text: String) -> Project.File { Project.File(path: path, text: text) }
        let tasks = file("Core/Tasks/TodoTask.swift", "public struct TodoTask {\n    let tags: [Tag]\n}")
        let tags = file(
            "Core/Tags/Tag.swift", "public struct Tag {\n    // of a TodoTask\n    let name = \"TodoTask\"\n}")
        #expect(order.violations(in: [tasks, tags]) == [])
        let circle = file("Core/Tags/TagCount.swift", "struct TagCount {\n    let last: TodoTask?\n}")
        #expect(order.violations(in: [tasks, tags, circle]).count == 1)
        #expect(order.violations(in: [file("Core/Attic/Old.swift", "struct Old {}")]).count == 1)
    }

    private static func room(of file: Project.File, in order: RoomOrder) -> String {
        file.path.dropFirst(order.folder.count).split(separator: "/").dropLast().joined(separator: "/")
    }
}
