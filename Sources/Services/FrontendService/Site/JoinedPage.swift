import WebText

/// The page in few files instead of the many that people write: one script, one style sheet.
///
/// A browser asks a server that speaks HTTP/1.1 six things at a time; a hundred modules and twenty sheets are most of
/// what its first visit waits for.
enum JoinedPage {
    private static let page = "index.html"
    private static let script = "js/main.js"
    /// The words of a language that the page does not start with; a file each for thirty parts of the page.
    private static let words = (folder: "js/words/", index: "/index.js")
    private static let style = "css/page.css"
    private static let assets = "/assets/@/"

    /// What takes the place of files of the same path, and what is new; empty where the page has to stay as it is.
    ///
    /// - Parameter files: all of them as they were written, by their paths.
    static func files(from files: [String: [UInt8]]) -> [String: [UInt8]] {
        guard let page = files[page].map({ String(decoding: $0, as: UTF8.self) }), files[style] == nil,
            let joined = JoinedModules(entry: script, source: { files[$0] })
        else { return [:] }
        let sheets = page.split(separator: "\n").compactMap { address(in: $0, of: "stylesheet") }
        guard let sheet = sheet(of: sheets, files) else { return [:] }
        var replaced = joined.files
        for path in files.keys.sorted() where path.hasPrefix(words.folder) && path.hasSuffix(words.index) {
            // The page starts with one of them.
            if replaced[path] != nil { continue }
            let language = JoinedModules(entry: path) { files[$0] }
            // Of what the page has already there must not be a second.
            guard let language, language.files.keys.allSatisfy({ replaced[$0] == nil }) else { continue }
            replaced.merge(language.files) { $1 }
        }
        replaced[style] = sheet
        replaced[self.page] = Array(head(of: page).utf8)
        return replaced
    }

    /// The page, with lines for what is joined where the first of them was.
    private static func head(of page: String) -> String {
        // Of scripts only the page's own is left, which has a tag.
        let links = ["stylesheet": [style], "modulepreload": []]
        var lines: [Substring] = []
        var named: Set<String> = []
        for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
            guard let relation = links.keys.first(where: { address(in: line, of: $0) != nil }) else {
                lines.append(line)
                continue
            }
            guard named.insert(relation).inserted else { continue }
            lines += (links[relation] ?? []).map { "    <link rel=\"\(relation)\" href=\"\(assets)\($0)\">" }
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
