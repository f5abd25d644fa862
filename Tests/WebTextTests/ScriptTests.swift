import Foundation
import Testing
import WebText

@Suite struct ScriptTests {
    private func lean(_ text: String) -> String? { Lean.script(text.utf8).map { String(decoding: $0, as: UTF8.self) } }

    @Test(arguments: [
        ("// one\na();\n", "a();\n"),
        ("    a(); // one\n\n\n\tb();  \n", "a();\nb();\n"),
        ("/** Says\n * much. */\nexport const a = 1;", "export const a = 1;\n"),
        // A comment over lines ends a statement, one within a line does not.
        ("return /* one\ntwo */ a", "return\na\n"),
        ("return /* one */ a", "return a\n"),
        ("a/**/b", "a b\n"), ("a +/**/+ b", "a + + b\n"), ("a++\n/* x */\nb", "a++\nb\n"),
        ("", ""), ("// all", ""),
    ])
    func `comments go, and space at the ends of lines`(source: String, wanted: String) {
        #expect(lean(source) == wanted)
    }

    @Test(arguments: [
        #"a = "// no";"#, #"a = '/* no */';"#, #"a = "\"// no";"#, "a = \"\\\n    // no\";", #"a = 'it\\' / 2;"#,
        "a = `// no\n    kept   \n\n/* no */`;", "a = `${b}// no`;", "a = `${`// ${c ? `/*` : \"*/\"}`}//`;",
        "a = `${{ b: `}` }.b} // no`;", "a = `\\`// no`;", "a = `\\${// no`;", "a = `$ {// no`;",
        "a = /\\/\\/ no/u;", "a = /[/*]*no/.source;", "a = /[\\]//]/gu;",
        "return /[\"']/u.test(a);", "x.replace(/'/g, \"\");", "a = b ? /\"/ : /'/;", "(a) / b; c = \"/\";",
        "if (a) /'/.exec(b);", "for (const a of b) /'/.exec(a);", "a[0] / 2; b = '/';", "a.return / 2; b = '/';",
        "a?.in / 2; b = '/';", "[.../'/u.source];", "1. / 2; a = '/';",
        "1..of / 2; a = '/';", ".5 / 2 / '/';", "case /'/.test(a): b();", "a = () => /'/;", "export default /'/;",
        "this.#a / 2; b = '/';", "`a` / 2; b = '/';", "do /'/.exec(a); while (b)", "a = `${/`/.source}`;",
        "while (a) /'/.exec(a);", "x = 1e5 / 2; b = '/';", "a = [/'/, /\"/];", "!/'/.test(a) && /`/.test(b);",
    ])
    func `text stays as it is`(source: String) {
        #expect(lean(source + "\n") == source + "\n")
        #expect(lean("/* c */ \(source) // \(source.prefix { $0 != "\n" })\n") == source + "\n")
    }

    @Test(arguments: [
        "{} /a/", "a++ /b/ c", "await /a/", "yield /a/", "for (a of /b/) {}", "a\r\nb", "a = ä;", "a\u{2028}b",
        "\\u0061",
        "a <!-- b", "a --> b", "a = \"", "a = 'b\n'", "a = `", "a = `${b`", "/* a", "a = /b", "a = /b\n/", "(a", "a)",
        "{", "}", "({)}",
    ])
    func `doubt leaves the text alone`(source: String) {
        #expect(lean(source) == nil)
    }

    @Test func `space and comments within code do not change what is said`() {
        #expect(lean("a = [ // one\n    1, /* two */ 2,\n    // three\n];\n") == "a = [\n1, 2,\n];\n")
        #expect(lean("a = `\n    ${ // why\n        b\n    }\n    `;\n") == "a = `\n    ${\nb\n}\n    `;\n")
    }

    /// A parser of others, the one in Node.js, finds the same tokens in what is left of every script of the page, and
    /// ends of lines in the same places.
    @Test func `every script of the page says the same`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardizedFileURL
        let scratch = FileManager.default.temporaryDirectory.appending(path: "errand-lean-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: scratch) }
        let web = root.appending(path: "web")
        let names = FileManager.default.enumerator(atPath: web.path)?.compactMap { $0 as? String } ?? []
        let scripts = names.filter { $0.hasSuffix(".js") }
        #expect(scripts.count > 100)
        for name in scripts {
            let text = try #require(Lean.script(try Data(contentsOf: web.appending(path: name))), "\(name) is in doubt")
            let place = scratch.appending(path: name)
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text).write(to: place)
        }
        let node = Process()
        node.executableURL = URL(filePath: "/usr/bin/env")
        let reader = root.appending(path: "Tests/Web/same-tokens.cjs").path
        node.arguments = ["node", "--expose-internals", reader, web.path, scratch.path]
        try node.run()
        node.waitUntilExit()
        #expect(node.terminationStatus == 0)
    }
}
