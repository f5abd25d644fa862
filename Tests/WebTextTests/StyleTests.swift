import Foundation
import Testing
import WebText

@Suite struct StyleTests {
    private func lean(_ text: String) -> String? { Lean.style(text.utf8).map { String(decoding: $0, as: UTF8.self) } }

    @Test(arguments: [
        ("/* one */\na {\n    b: c; /* two */\n}\n\n", "a {\nb: c;\n}\n"),
        ("a { b: c /* one */ d; }", "a { b: c d; }\n"),
        ("/* a\n   b */ a { }", "a { }\n"), ("", ""),
        (".a /* one */.b { }", ".a .b { }\n"),
    ])
    func `comments go, and space at the ends of lines`(source: String, wanted: String) {
        #expect(lean(source) == wanted)
    }

    @Test(arguments: [
        #"a { content: "/* no */"; }"#, #"a { content: '\'/* no */'; }"#, "a { content: \"\\\n    b\"; }",
        "a { b: url(data:x/*no*/); }", "a { b: URL( c/*.png ); }", "a { b: url(\"/*\"); }",
        "a::after { content: \"→\"; }",
    ])
    func `text stays as it is`(source: String) {
        #expect(lean("/* c */ \(source) /* c */\n") == source + "\n")
    }

    @Test(arguments: [
        "a/**/.b {}", "a/**/b {}", #"a\:b {}"#, "a\r\n{}", "/* a", "a { b: \"", "a { b: 'c\n'; }", "a { b: url(c",
    ])
    func `doubt leaves the text alone`(source: String) {
        #expect(lean(source) == nil)
    }

    @Test func `no style sheet of the page is in doubt`() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../web/css")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.count > 10)
        for name in names {
            let source = try Data(contentsOf: folder.appending(path: name))
            let text = try #require(lean(String(decoding: source, as: UTF8.self)), "\(name)")
            #expect(!text.contains("/*") && !text.contains("\n ") && text.utf8.count < source.count, "\(name)")
        }
    }
}
