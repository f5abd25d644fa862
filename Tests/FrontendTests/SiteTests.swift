import Foundation
import FrontendService
import HTTPTypes
import TestSupport
import Testing

@Suite struct SiteTests {
    private let frontend = TestFrontend()

    private func get(
        _ path: String, _ accepted: String?, fields: [(String, String)] = [], method: HTTPRequest.Method = .get
    ) async throws -> TestFrontend.Answer {
        let accept = accepted.map { [("Accept-Encoding", $0)] } ?? []
        return try await frontend.send(method, path, fields: accept + fields)
    }

    /// Where the page says that its files are.
    private func addresses() async throws -> [String] {
        let page = try await get("/", nil).text
        return page.matches(of: #/"(\/assets\/[^"]+)"/#).map { String($0.1) }
    }

    /// "assets/<hash>", below which all files are.
    private func prefix() async throws -> String {
        try #require(try await addresses().first?.split(separator: "/").prefix(2).joined(separator: "/"))
    }

    /// The files under `web/`, by their paths there.
    private var written: [String] {
        let names = FileManager.default.enumerator(atPath: web.path)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.contains(".") && !$0.hasSuffix("package.json") }
    }

    private var web: URL {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../web").standardizedFileURL
    }

    /// A hundred files are what a first visit would wait for longest.
    @Test func `the page starts with one script and one style sheet`() async throws {
        let names = try await addresses().map { $0.split(separator: "/").dropFirst(2).joined(separator: "/") }
        #expect(names.filter { $0.hasSuffix(".js") } == ["js/main.js"])
        #expect(names.filter { $0.hasSuffix(".css") } == ["css/page.css"])
        let prefix = try await prefix()
        // Another language is one file more.
        let german = try await get("/\(prefix)/js/words/de/index.js", nil).text
        #expect(german.contains("Aufgabe") && !german.contains(#/(^|[;}\n])\s*import[\s{*"']/#))
        let sheet = try await get("/\(prefix)/css/page.css", nil).text
        let page = try String(contentsOf: web.appending(path: "index.html"), encoding: .utf8)
        let sheets = page.matches(of: #/rel="stylesheet" href="\/assets\/@\/([^"]+)"/#).map { String($0.1) }
        #expect(sheets.count > 10)
        var rest = sheet[...]
        for path in sheets {
            let text = try await get("/\(prefix)/\(path)", nil).text
            #expect(rest.hasPrefix(text), "\(path)")
            rest = rest.dropFirst(text.count)
        }
        #expect(rest.isEmpty)
    }

    @Test func `every file is sent packed to who accepts that, and is the same`() async throws {
        let start = try await addresses()
        let prefix = try await prefix()
        let addresses = Set(start).union(written.map { "/\(prefix)/\($0)" }).sorted()
        #expect(addresses.count > 100)
        for path in ["/", "/docs", "/openapi.json", "/sw.js"] + addresses {
            let (plain, packed) = (try await get(path, nil), try await get(path, "gzip, deflate, br, zstd"))
            #expect(plain.status == 200 && packed.status == 200, "\(path)")
            #expect(plain.header("content-encoding") == nil, "\(path)")
            #expect(plain.header("content-type") == packed.header("content-type"), "\(path)")
            #expect(plain.header("cache-control") == packed.header("cache-control"), "\(path)")
            #expect(packed.header("content-length") == "\(packed.bytes.count)", "\(path)")
            #expect(plain.header("content-length") == "\(plain.bytes.count)", "\(path)")
            guard packed.header("content-encoding") == "gzip" else {
                #expect(packed.bytes == plain.bytes, "\(path)")
                #expect(path.hasSuffix(".png") || plain.bytes.count < 256, "\(path)")
                #expect(plain.header("etag") == packed.header("etag") && plain.header("vary") == nil, "\(path)")
                continue
            }
            #expect(try Gunzip.unpack(packed.bytes) == plain.bytes, "\(path)")
            #expect(packed.bytes.count < plain.bytes.count, "\(path)")
            #expect(plain.header("vary") == "Accept-Encoding" && packed.header("vary") == "Accept-Encoding", "\(path)")
            // Two sets of bytes have two tags, or a range of one could be taken for a piece of the other.
            #expect(plain.header("etag") != packed.header("etag"), "\(path)")
        }
    }

    @Test func `pictures are sent as they are`() async throws {
        let prefix = try await prefix()
        for name in written where name.hasSuffix(".png") {
            let answer = try await get("/\(prefix)/\(name)", "gzip")
            #expect(answer.header("content-encoding") == nil && answer.header("vary") == nil)
            #expect(try answer.bytes == Array(Data(contentsOf: web.appending(path: name))))
        }
    }

    @Test(arguments: [
        ("gzip", true), ("GZIP", true), ("x-gzip", true), ("*", true), ("br, gzip;q=0.1", true),
        ("gzip ; q=1.000", true),
        ("deflate,gzip;Q=0.5", true), ("identity;q=0.2, gzip;q=0.3", true), ("*;q=0, gzip", true),
        ("gzip;q=1, identity;q=1", true), ("identity;q=0, gzip", true),
        ("", false), ("br", false), ("identity", false), ("gzip;q=0", false), ("gzip;q=0.000", false),
        ("*, gzip;q=0", false), ("*;q=0", false), ("identity, gzip;q=0.5", false), ("gzip;q=2", false),
        ("gzip;q=nonsense", false), ("gzip;q", false), ("gzip;level=9", false), ("gzip;q=1;q=0", false), (",;,", false),
        ("gzipped", false), ("gzip;q=-1", false), ("gzip;q=1.5", false), ("gzip;q=0.1234", false),
    ])
    func `what is accepted is heeded`(accepted: String, isPacked: Bool) async throws {
        let answer = try await get("/", accepted)
        #expect(answer.status == 200)
        #expect((answer.header("content-encoding") == "gzip") == isPacked)
        #expect(try (isPacked ? Gunzip.unpack(answer.bytes) : answer.bytes).starts(with: "<!doctype html>".utf8))
    }

    @Test func `several fields are one list`() async throws {
        let answer = try await frontend.send(
            .get, "/", fields: [("Accept-Encoding", "br"), ("Accept-Encoding", "gzip")])
        #expect(answer.header("content-encoding") == "gzip")
    }

    @Test(arguments: [nil, "gzip"])
    func `HEAD says what GET would, without it`(accepted: String?) async throws {
        let (head, whole) = (try await get("/", accepted, method: .head), try await get("/", accepted))
        #expect(head.status == 200 && head.bytes.isEmpty)
        for name in ["content-length", "content-encoding", "content-type", "etag", "vary", "cache-control"] {
            #expect(head.header(name) == whole.header(name), "\(name)")
        }
    }

    @Test func `who has it already is told so, for the very bytes that would be sent`() async throws {
        let plain = try #require(try await get("/", nil).header("etag"))
        let packed = try #require(try await get("/", "gzip").header("etag"))
        for (accepted, tag) in [(nil, plain), ("gzip", packed)] {
            for named in [tag, "W/\(tag)", "\"else\", \(tag)", "*"] {
                for method in [HTTPRequest.Method.get, .head] {
                    let answer = try await get("/", accepted, fields: [("If-None-Match", named)], method: method)
                    #expect(answer.status == 304 && answer.bytes.isEmpty, "\(named)")
                    #expect(answer.header("etag") == tag && answer.header("vary") == "Accept-Encoding")
                    #expect(answer.header("cache-control") == "no-cache")
                    // That of nothing would be a lie (RFC 9110 §8.6); the server takes it off what HEAD is answered.
                    #expect(method == .head || answer.header("content-length") == nil)
                }
            }
        }
        for (accepted, tag) in [(nil, packed), ("gzip", plain), ("gzip", "\"else\""), ("gzip", "")] {
            #expect(try await get("/", accepted, fields: [("If-None-Match", tag)]).status == 200, "\(tag)")
        }
    }

    /// The promise of the page's first visit; API calls not counted.
    @Test func `all that the page names weighs less than 170 KB on the way`() async throws {
        var weights: [(path: String, bytes: Int)] = []
        for path in ["/"] + Set(try await addresses()).sorted() {
            weights.append((path, try await get(path, "gzip").bytes.count))
        }
        let total = weights.reduce(0) { $0 + $1.bytes }
        let heavy = weights.sorted { $0.bytes > $1.bytes }.prefix(10).map { "\($0.bytes) \($0.path)" }
        #expect(total < 170_000, "\(total) bytes; the heaviest: \(heavy.joined(separator: ", "))")
    }

    @Test func `files of a folder are sent as they are written`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "errand-site-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let text = "// Why.\n    a();\n" + String(repeating: "// Much to say.\n", count: 100)
        try Data(text.utf8).write(to: folder.appending(path: "a.js"))
        let live = TestFrontend(site: .folder(folder))
        let answer = try await live.send(.get, "/assets/live/a.js", fields: [("Accept-Encoding", "gzip")])
        #expect(try Gunzip.unpack(answer.bytes) == Array(text.utf8) && answer.header("cache-control") == "no-cache")
        #expect(try await live.send(.get, "/assets/live/a.js").text == text)
        // It is read anew; and so short a one would not get shorter.
        try Data("b();".utf8).write(to: folder.appending(path: "a.js"))
        let short = try await live.send(.get, "/assets/live/a.js", fields: [("Accept-Encoding", "gzip")])
        #expect(short.text == "b();" && short.header("content-encoding") == nil && short.header("vary") == nil)
    }
}
