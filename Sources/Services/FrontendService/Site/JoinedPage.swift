import WebText

/// The page in few files instead of the many that people write: one script, one style sheet.
///
/// A browser asks a server that speaks HTTP/1.1 six things at a time; a hundred modules and twenty sheets are most of
/// what its first visit waits for.
enum JoinedPage {
    private static let page = "index.html"
    private static let script = (entry: "js/main.js", joined: "js/page.js")
    private static let style = "css/page.css"
    private static let assets = "/assets/@/"

    /// What takes the place of files of the same path, and what is new; empty where the page has to stay as it is.
    ///
    /// - Parameter files: all of them as they were written, by their paths.
    static func files(from files: [String: [UInt8]]) -> [String: [UInt8]] {
        guard let page = files[page].map({ String(decoding: $0, as: UTF8.self) }), files[style] == nil,
            let joined = JoinedModules(entry: script.entry, path: script.joined, source: { files[$0] })
        else { return [:] }
        let sheets = page.split(separator: "\n").compactMap { address(in: $0, of: "stylesheet") }
        guard let sheet = sheet(of: sheets, files) else { return [:] }
        var replaced = joined.files
        replaced[style] = sheet
        replaced[self.page] = Array(head(of: page).utf8)
        return replaced
    }

    /// The page, with one line for all that is joined where the first of them was.
    private static func head(of page: String) -> String {
        var lines: [Substring] = []
        var isNamed: Set<String> = []
        for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
            for (relation, path) in [("stylesheet", style), ("modulepreload", script.joined)] {
                guard address(in: line, of: relation) != nil else { continue }
                if isNamed.insert(relation).inserted {
                    lines.append("    <link rel=\"\(relation)\" href=\"\(assets)\(path)\">")
                }
            }
            if address(in: line, of: "stylesheet") == nil, address(in: line, of: "modulepreload") == nil {
                lines.append(line)
            }
        }
        return lines.joined(separator: "\n")
    }

    /// The path in `<link rel="…" href="/assets/@/…">`, on a line of its own.
    private static func address(in line: Substring, of relation: String) -> String? {
        let line = line.drop { $0 == " " }
        let start = "<link rel=\"\(relation)\" href=\"\(assets)"
        guard line.hasPrefix(start), line.hasSuffix("\">") else { return nil }
        return String(line.dropFirst(start.count).dropLast(2))
    }

    /// One after the other, since the later rule of two equals wins; nil where a sheet means something by where it is.
    private static func sheet(of paths: [String], _ files: [String: [UInt8]]) -> [UInt8]? {
        var whole: [UInt8] = []
        for path in paths {
            guard let source = files[path], let text = Lean.style(source) else { return nil }
            let isBound = ["@import", "@charset", "@namespace", "@layer", "url("].contains {
                text.firstRange(of: $0.utf8) != nil
            }
            if isBound { return nil }
            whole += text
        }
        return whole.isEmpty ? nil : whole
    }
}
