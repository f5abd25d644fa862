import Foundation
import Testing
import WebText

@Suite struct ModuleTests {
    private func joined(_ files: [String: String], from entry: String = "main.js") -> [String: String]? {
        JoinedModules(entry: entry) { path in files[path].map { Array($0.utf8) } }?
            .files.mapValues { String(decoding: $0, as: UTF8.self) }
    }

    @Test func `a module becomes a block, and at its own address hands on what is in it`() throws {
        let files = try #require(
            joined([
                "main.js": "// Begins.\nimport { a, b as c } from \"./lib/a.js\";\na(c);\n",
                "lib/a.js": "import \"../b.js\";\n/** One. */\nexport function a() { return import(\"./c.js\"); }\n"
                    + "export const b = 1;\n",
                "b.js": "begin();\n",
                "lib/c.js": "import { b } from \"./a.js\";\n",
            ]))
        #expect(files.keys.sorted() == ["b.js", "lib/a.js", "main.js"])
        #expect(
            files["main.js"] == """
                const __part0 = {};
                {
                begin();
                Object.assign(__part0, {  });
                }
                const __part1 = {};
                {

                function a() { return import("./lib/c.js"); }
                const b = 1;
                Object.assign(__part1, { a, b });
                }
                const __part2 = {};
                {
                const { a, b: c } = __part1;
                a(c);
                Object.assign(__part2, {  });
                }
                export { __part0, __part1 };

                """)
        #expect(
            files["lib/a.js"] == "import { __part1 } from \"../main.js\";\nexport const { a, b } = __part1;\n")
        #expect(files["b.js"] == "import \"./main.js\";\n")
    }

    @Test(arguments: [
        "export default 1;", "export let a = 1;", "export var a = 1;", "export * from \"./b.js\";",
        "export { a as b };",
        "export const { a } = b;", "export const [a] = b;", "export const a = 1, b = 2;", "import a from \"./b.js\";",
        "import a, { b } from \"./b.js\";", "import { b } from \"b\";", "import { b } from \"/b.js\";",
        "import { b } from \"../../b.js\";", "import { b } from './b.js';", "import { default as b } from \"./b.js\";",
        "import { missing } from \"./b.js\";", "import { b } from \"./none.js\";",
        "import json from \"./b.js\" with { a: b };",
        "import { b } from \"./b.js\" with { type: \"x\" };", "a(import.meta.url);", "await a();", "import(b);",
        "import(\"./b.js\" + c);", "export { b } from \"./main.js\";", "const __part0 = 1;", "a = 1 /b/ c; {} /d/",
        "a(",
        "import { a } from \"./a.js\";",
    ])
    func `doubt leaves the page as it is`(source: String) {
        func files(_ source: String) -> [String: String] {
            let names = source.contains("a = 1, b") ? "b" : ""
            let main = "import { \(names) } from \"./a.js\";\n"
            return ["main.js": main, "a.js": source + "\n", "b.js": "export const b = 1;\n"]
        }
        #expect(joined(files(source)) == nil)
        // It is not all the rest that is doubted.
        #expect(joined(files("export { b } from \"./b.js\";")) != nil)
    }

    @Test func `the first module may give something too`() throws {
        let texts = [
            "de/index.js": "import { A } from \"./a.js\";\nexport const ALL = { A };\n",
            "de/a.js": "export const A = 1;\n",
        ]
        let files = try #require(joined(texts, from: "de/index.js"))
        #expect(
            files["de/index.js"] == """
                const __part0 = {};
                {
                const A = 1;
                Object.assign(__part0, { A });
                }
                const __part1 = {};
                {
                const { A } = __part0;
                const ALL = { A };
                Object.assign(__part1, { ALL });
                }
                export { __part0 };
                export const { ALL } = __part1;

                """)
        #expect(files["de/a.js"] == "import { __part0 } from \"./index.js\";\nexport const { A } = __part0;\n")
        #expect(files.count == 2)
        #expect(joined(["main.js": "export const a = 1;\n"])?["main.js"]?.hasSuffix("} = __part0;\n") == true)
    }

    @Test func `what is missing, or waits, is not joined`() {
        #expect(joined([:]) == nil)
        let waiting = ["main.js": "import { a } from \"./a.js\";\nawait a;\n", "a.js": "export const a = 1;\n"]
        #expect(joined(waiting) == nil)
        #expect(joined(waiting.merging(["main.js": "import { a } from \"./a.js\";\na();\n"]) { $1 }) != nil)
    }

    /// Names that are used twice, all of another module, what is handed on, what runs first: Node.js says whether
    /// anything differs.
    @Test func `joined modules do what they do by themselves`() throws {
        let files = [
            "main.js": """
            import { first } from "./a.js";
            import * as all from "./lib/b.js";
            import { again as renamed } from "./lib/c.js";
            import { say } from "./say.js";
            const value = "main's";
            say(`${first()} ${all.value} ${Object.keys(all).length} ${renamed} ${value}`);
            async function later() {
                const { late } = await import("./lib/late.js");
                say(late === all.counter);
                say(late.next());
            }
            later();

            """,
            "a.js": """
            import { say } from "./say.js";
            import { Counter, counter } from "./lib/b.js";
            say("a");
            const value = "a's";
            export function first() { return inner(); }
            function inner() { return `${value} ${counter instanceof Counter} ${counter.next()}`; }

            """,
            "lib/b.js": """
            import { say } from "../say.js";
            say("b");
            export const value = "b's";
            export class Counter {
                #count = 0;
                next() { return this.#count += 1; }
            }
            export const counter = new Counter();
            export async function unused() { for await (const one of []) say(one); }

            """,
            "lib/c.js": "export { value as again } from \"./b.js\";\nimport { say } from \"../say.js\";\nsay(\"c\");\n",
            "lib/late.js":
                "import { say } from \"../say.js\";\nsay(\"late\");\nexport { counter as late } from \"./b.js\";\n",
            "say.js": "export function say(what) { console.log(what); }\n",
        ]
        let written = try output(of: files)
        #expect(written == "b\na\nc\na's true 1 b's 4 b's main's\nlate\ntrue\n2\n")
        let moved = try #require(joined(files))
        #expect(moved.count == 5)
        #expect(try output(of: files.merging(moved) { $1 }) == written)
    }

    /// What Node.js prints that runs main.js among the files.
    private func output(of files: [String: String]) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "errand-modules-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for (path, text) in files.merging(["package.json": "{\"type\": \"module\"}"], uniquingKeysWith: { $1 }) {
            let file = folder.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        let (node, pipe) = (Process(), Pipe())
        node.executableURL = URL(filePath: "/usr/bin/env")
        node.arguments = ["node", folder.appending(path: "main.js").path]
        (node.standardOutput, node.standardError) = (pipe, pipe)
        try node.run()
        let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
        node.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self)
    }
}
