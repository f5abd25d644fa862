import Foundation
import Testing

@Suite struct DocumentTests {
    private let project: Project

    init() throws {
        project = try Project.read()
    }

    private var documents: [Project.File] { project.files.filter { $0.path.hasSuffix(".md") } }

    /// The document without its code.
    private func prose(_ file: Project.File) -> [Substring] {
        var isCode = false
        return file.lines.map(\.text).filter { line in
            if line.hasPrefix("```") { isCode.toggle() }
            return !isCode && !line.hasPrefix("```")
        }
    }

    @Test func `each document has one title`() {
        for document in documents {
            #expect(prose(document).filter { $0.hasPrefix("# ") }.count == 1, "\(document.path)")
        }
    }

    @Test func `links lead somewhere`() {
        for document in documents {
            let folder = document.path.split(separator: "/").dropLast().joined(separator: "/")
            for line in prose(document) {
                for link in line.matches(of: #/\]\(([^)#]+)(#[^)]*)?\)/#) where !link.1.contains("://") {
                    let target = Project.root.appending(path: folder).appending(path: String(link.1))
                        .standardizedFileURL
                    let exists = FileManager.default.fileExists(atPath: target.path(percentEncoded: false))
                    #expect(exists, "\(document.path): \(link.1)")
                }
            }
        }
    }

    @Test func `the map names every target`() throws {
        let map = try #require(project.file("ARCHITECTURE.md")).text
        let manifest = try #require(project.file("Package.swift")).text
        let names = manifest.matches(of: #/(?:part|library|support|tests|[tT]arget)\(\s*(?:name: )?"(\w+)"/#).map {
            String($0.1)
        }
        #expect(names.count > 10)
        #expect(names.filter { !map.contains($0) } == [])
    }

    @Test func `the changelog has a place for what comes next`() throws {
        #expect(try #require(project.file("CHANGELOG.md")).text.contains("## [Unreleased]"))
    }

    @Test func `every file of the page is in the binary`() throws {
        let list = try #require(project.file("Sources/Kits/CWebAssets/web_assets.c")).text
        let files = project.files.map(\.path).filter { $0.hasPrefix("web/") && !$0.hasSuffix("package.json") }
        #expect(files.count > 20)
        #expect(files.filter { !list.contains("../../../\($0)\"") } == [], "run scripts/embed-web")
    }

    @Test func `no file names a place on somebody's machine`() {
        // In pieces, or this file would name them.
        let places = ["/wo" + "rk/", "/fa" + "rm/", "/op" + "t/swift", "/ro" + "ot/", "/ho" + "me/"]
        let named = project.files.flatMap { file in
            file.violations { line in places.contains { line.contains($0) } }
        }
        #expect(named == [])
    }
}
