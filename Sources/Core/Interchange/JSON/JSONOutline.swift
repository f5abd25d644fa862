/// Where the tasks of a JSON file stand, and in which lists: what a list is called may come after its tasks.
struct JSONOutline {
    /// More than anybody has.
    static let listsMax = 10_000
    static let tasksMax = 1_000_000
    /// Lists within lists.
    private static let nestingMax = 16

    struct Place {
        let mark: JSONScanner.Mark
        /// The list it is in; nil for none.
        let list: Int32?
    }

    /// What members of lists are called.
    struct Names {
        let title: Set<String>
        /// Arrays of tasks.
        let tasks: Set<String>
        /// Arrays of lists.
        let lists: Set<String>
        /// Arrays of either: what has one of ``title`` or ``tasks`` in it is a list then.
        let mixed: Set<String>
    }

    private(set) var places: [Place] = []
    private var lists: [(title: String, parent: Int32?)] = []
    private let names: Names

    /// Goes through the whole file.
    ///
    /// - Throws: where it is no JSON, and beyond ``listsMax`` and ``tasksMax``.
    init(_ text: [UInt8], _ names: Names) throws(TaskFileError) {
        self.names = names
        var scanner = JSONScanner(text)
        if scanner.following() == .openBrace {
            try readList(&scanner, within: nil, depth: 0)
        } else {
            try readItems(&scanner, names.mixed.isEmpty ? .lists : .mixed, of: nil, depth: 0)
        }
        guard scanner.following() == nil else { throw scanner.error("unexpected text after the value") }
    }

    /// What the list of a task is called, and what that is in, from the outermost.
    func titles(of place: Place) -> [String] {
        var titles: [String] = []
        var list = place.list
        while let index = list {
            let (title, parent) = lists[Int(index)]
            if !title.isEmpty { titles.append(title) }
            list = parent
        }
        return titles.reversed()
    }

    private enum Kind {
        case tasks, lists, mixed
    }

    private func kind(of name: String) -> Kind? {
        if names.tasks.contains(name) { return .tasks }
        if names.lists.contains(name) { return .lists }
        return names.mixed.contains(name) ? .mixed : nil
    }

    private mutating func readList(
        _ scanner: inout JSONScanner, within parent: Int32?, depth: Int
    ) throws(TaskFileError) {
        guard lists.count < Self.listsMax else { throw tooMany("\(Self.listsMax) lists", scanner) }
        let index = Int32(lists.count)
        lists.append(("", parent))
        try scanner.object { (scanner: inout JSONScanner, name: String) throws(TaskFileError) in
            let next = scanner.following()
            if names.title.contains(name), next == .quote {
                lists[Int(index)].title = try scanner.string().trimmed
            } else if next == .openBracket, let kind = kind(of: name) {
                try readItems(&scanner, kind, of: index, depth: depth + 1)
            } else {
                try scanner.skip()
            }
        }
    }

    private mutating func readItems(
        _ scanner: inout JSONScanner, _ kind: Kind, of list: Int32?, depth: Int
    ) throws(TaskFileError) {
        guard depth <= Self.nestingMax else { throw scanner.error("lists are nested too deep") }
        try scanner.array { (scanner: inout JSONScanner) throws(TaskFileError) in
            let isObject = scanner.following() == .openBrace
            switch kind {
            case .lists where isObject: try readList(&scanner, within: list, depth: depth)
            case .mixed where isObject:
                // Each is looked at twice, so not within each other without end.
                if depth <= 2, try isList(scanner) {
                    try readList(&scanner, within: list, depth: depth)
                } else {
                    try addTask(&scanner, of: list)
                }
            case .lists, .tasks, .mixed: try addTask(&scanner, of: list)
            }
        }
    }

    private mutating func addTask(_ scanner: inout JSONScanner, of list: Int32?) throws(TaskFileError) {
        guard places.count < Self.tasksMax else { throw tooMany("\(Self.tasksMax) tasks", scanner) }
        places.append(Place(mark: scanner.mark, list: list))
        try scanner.skip()
    }

    private func isList(_ scanner: JSONScanner) throws(TaskFileError) -> Bool {
        var ahead = scanner
        var isList = false
        try ahead.object { (scanner: inout JSONScanner, name: String) throws(TaskFileError) in
            if names.title.contains(name) || names.tasks.contains(name) { isList = true }
            try scanner.skip()
        }
        return isList
    }

    private func tooMany(_ what: String, _ scanner: JSONScanner) -> TaskFileError {
        TaskFileError(line: scanner.line, "There are more than \(what) in the file.")
    }
}

/// Reads the tasks that an outline tells of, one by one.
struct JSONTaskWalk {
    private var scanner: JSONScanner
    private let outline: JSONOutline
    private var next = 0

    init(_ text: [UInt8], _ names: JSONOutline.Names) throws(TaskFileError) {
        outline = try JSONOutline(text, names)
        scanner = JSONScanner(text)
    }

    /// - Returns: what stands at the next task, the line it begins on and the lists it is in; nil after the last one.
    mutating func task() throws(TaskFileError) -> (node: JSONNode, line: Int, lists: [String])? {
        guard next < outline.places.count else { return nil }
        let place = outline.places[next]
        next += 1
        scanner.move(to: place.mark)
        return (try scanner.value(), Int(place.mark.line), outline.titles(of: place))
    }
}

/// The keys of tasks so far, to tell of those that come again. Hashes of them are kept, which takes little memory.
struct SeenKeys {
    private var hashes: Set<Int> = []

    /// - Returns: false where it was there before.
    mutating func insert(_ key: String) -> Bool { hashes.insert(key.hashValue).inserted }
}
