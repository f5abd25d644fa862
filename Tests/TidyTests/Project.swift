import Foundation

/// The files of the repository as text.
struct Project {
    struct File {
        /// Below the root, with slashes.
        let path: String
        let text: String

        /// Lines with their numbers, from 1.
        var lines: [(number: Int, text: Substring)] {
            text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { ($0 + 1, $1) }
        }

        func violations(of rule: (Substring) -> Bool) -> [String] {
            lines.filter { rule($0.text) }.map { "\(path):\($0.number): \($0.text.prefix(100))" }
        }
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    let files: [File]

    /// Text files, without those that tools made.
    static func read() throws -> Project {
        let skipped: Set<String> = [".git", ".build", ".build-tools", "data", "__pycache__", ".swiftpm"]
        var files: [File] = []
        var folders = [""]
        while let folder = folders.popLast() {
            let url = root.appending(path: folder)
            for name in try FileManager.default.contentsOfDirectory(atPath: url.path(percentEncoded: false)).sorted() {
                let path = folder.isEmpty ? name : "\(folder)/\(name)"
                if skipped.contains(name) || name.hasPrefix(".build") || name == "Package.resolved" { continue }
                var isFolder: ObjCBool = false
                let full = root.appending(path: path).path(percentEncoded: false)
                guard FileManager.default.fileExists(atPath: full, isDirectory: &isFolder) else { continue }
                if isFolder.boolValue {
                    folders.append(path)
                } else if let text = try? String(contentsOfFile: full, encoding: .utf8) {
                    files.append(File(path: path, text: text))
                }
            }
        }
        return Project(files: files)
    }

    func swift(in folder: String = "") -> [File] {
        files.filter { $0.path.hasPrefix(folder) && $0.path.hasSuffix(".swift") }
    }

    func file(_ path: String) -> File? { files.first { $0.path == path } }
}
