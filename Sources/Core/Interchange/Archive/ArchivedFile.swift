/// A file that was packed together with others.
public struct ArchivedFile: Hashable, Sendable {
    /// As the archive has it, folders before it; only for people to read, and for its ending.
    public let name: String
    public let bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}

/// Which files of an archive have tasks in them.
public enum ArchivedTasks {
    /// - Parameter names: of all files of the archive.
    /// - Returns: the places of those to read: the `data.json` of Vikunja, else all tables (Todoist has one for each
    ///   project), else a file that is alone; none where nobody can tell.
    public static func places(in names: [String]) -> [Int] {
        let files = names.indices.filter { isFile(names[$0]) }
        let data = files.filter { baseName(names[$0]).lowered == "data.json" }
        if let first = data.min(by: { depth(names[$0]) < depth(names[$1]) }) { return [first] }
        let tables = files.filter { names[$0].lowered.hasSuffix(".csv") }
        if !tables.isEmpty { return tables.sorted { names[$0] < names[$1] } }
        return files.count == 1 ? files : []
    }

    /// Without folders, and without what systems add.
    private static func isFile(_ name: String) -> Bool {
        !name.hasSuffix("/") && !name.hasPrefix("__MACOSX/") && !baseName(name).hasPrefix(".") && !name.isEmpty
    }

    private static func depth(_ name: String) -> Int { name.utf8.count { $0 == UInt8(ascii: "/") } }

    /// What follows the last slash.
    static func baseName(_ name: String) -> String {
        name.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(name[name.utf8.index(after: $0)...]) } ?? name
    }
}
