/// Paths of modules below one folder, without a slash in front: "js/lib/dates.js".
enum ModulePath {
    /// What an `import` of the module at `path` means.
    ///
    /// - Returns: nil for what is not relative, or leads out of the folder.
    static func resolve(_ specifier: String, from path: String) -> String? {
        guard specifier.hasPrefix("./") || specifier.hasPrefix("../") else { return nil }
        var parts = path.split(separator: "/").dropLast()
        for part in specifier.split(separator: "/") {
            switch part {
            case ".": continue
            case "..": guard parts.popLast() != nil else { return nil }
            default: parts.append(part)
            }
        }
        return parts.joined(separator: "/")
    }

    /// How the module at `path` names the one at `target`.
    static func specifier(of target: String, from path: String) -> String {
        let (there, here) = (target.split(separator: "/"), path.split(separator: "/").dropLast())
        let shared = zip(there.dropLast(), here).prefix { $0 == $1 }.count
        let up = here.count - shared
        let steps = up == 0 ? "./" : String(repeating: "../", count: up)
        return steps + there.dropFirst(shared).joined(separator: "/")
    }
}
