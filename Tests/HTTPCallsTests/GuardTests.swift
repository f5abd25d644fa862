import HTTPCalls
import HTTPTypes
import LocalServers
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization
import Testing

/// What users name is called only where everybody could.
@Suite(.timeLimit(.minutes(1))) struct GuardTests {
    /// Answers for names: the lists of addresses of a name are given one after another.
    private final class Names: Sendable {
        private let answers: Mutex<[String: [[String]]]>
        private let asked = Mutex<[String]>([])

        init(_ answers: [String: [[String]]]) {
            self.answers = Mutex(answers)
        }

        var questions: [String] { asked.withLock { $0 } }

        func addresses(of name: String) throws(HTTPCallError) -> [NetworkAddress] {
            asked.withLock { $0.append(name) }
            let next = answers.withLock { answers -> [String]? in
                guard var list = answers[name], !list.isEmpty else { return nil }
                let first = list.removeFirst()
                answers[name] = list.isEmpty ? [first] : list
                return first
            }
            guard let next else { throw .noSuchHost }
            return next.compactMap { NetworkAddress($0) }
        }
    }

    /// Calls that take 127.0.0.1, where the test's server is, for a public address, and nothing else.
    private func calls(_ names: Names, redirectsMax: Int = 0) -> HTTPCalls {
        var options = HTTPCallOptions(reach: .publicAddresses)
        options.redirectsMax = redirectsMax
        return HTTPCalls(options, isAllowed: { $0.description == "127.0.0.1" }) { (name) throws(HTTPCallError) in
            try names.addresses(of: name)
        }
    }

    private func get(_ url: String, _ calls: HTTPCalls) async throws -> HTTPAnswer {
        try await calls.send(HTTPCall(url), upTo: 1000, within: .seconds(20))
    }

    @Test(arguments: [
        "127.0.0.1", "localhost", "LOCALHOST", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
        "0.0.0.0", "0", "127.1", "2130706433", "0x7f.1", "0x7f000001", "0177.0.0.1", "me@127.0.0.1",
        "1.1.1.1@localhost",
    ])
    func `however this machine is written, it is not called`(host: String) async throws {
        try await LocalServer.with { server in
            let calls = HTTPCalls(HTTPCallOptions(reach: .publicAddresses))
            await #expect(throws: HTTPCallError.forbiddenAddress) {
                try await get("http://\(host):\(server.port)/", calls)
            }
            #expect(server.connections == 0)
        }
    }

    @Test(arguments: [
        "localhost.", "%31%32%37.0.0.1", "127.0.0.1%00.example.org", "local%0d%0ahost", "[fe80::1%25lo]", "[::1", "a b",
    ])
    func `what is hidden in an address is not called either`(host: String) async throws {
        try await LocalServer.with { server in
            let calls = HTTPCalls(HTTPCallOptions(reach: .publicAddresses))
            let error = await #expect(throws: HTTPCallError.self) {
                try await get("http://\(host):\(server.port)/", calls)
            }
            #expect(error.map([HTTPCallError.forbiddenAddress, .invalidAddress, .noSuchHost].contains) == true)
            #expect(server.connections == 0)
        }
    }

    @Test(arguments: [
        ["127.0.0.2"], ["127.0.0.1", "10.0.0.1"], ["10.0.0.1", "127.0.0.1"], ["::1"],
        ["127.0.0.1", "::ffff:127.0.0.1"],
        ["169.254.169.254"],
    ])
    func `a name with a private address is not called`(addresses: [String]) async throws {
        try await LocalServer.with { server in
            let calls = calls(Names(["inside.test": [addresses]]))
            await #expect(throws: HTTPCallError.forbiddenAddress) {
                try await get("http://inside.test:\(server.port)/", calls)
            }
            #expect(server.connections == 0)
        }
    }

    @Test func `the address that was checked is the one that is called, under the name`() async throws {
        try await LocalServer.with { server in
            // Nobody but the guard knows this name, so whoever asked for it again would find nothing.
            let names = Names(["rebinding.test": [["127.0.0.1"], ["127.0.0.2"]]])
            let calls = calls(names)
            let answer = try await get("http://rebinding.test:\(server.port)/", calls)
            #expect(answer.status == 200)
            #expect(names.questions == ["rebinding.test"], "asked once")
            #expect(server.requests.first?.headers["host"] == ["rebinding.test:\(server.port)"])
            await #expect(throws: HTTPCallError.forbiddenAddress) {
                try await get("http://rebinding.test:\(server.port)/", calls)
            }
            #expect(server.requests.count == 1, "not even over the connection that is still open")
        }
    }

    @Test func `a name is called however it is spelt`() async throws {
        try await LocalServer.with { server in
            let calls = calls(Names(["Some-Name.TEST": [["127.0.0.1"]], "a_b.test.": [["127.0.0.1"]]]))
            for host in ["Some-Name.TEST", "a_b.test."] {
                let answer = try await get("http://\(host):\(server.port)/", calls)
                #expect(answer.status == 200)
            }
            let plain = try await get("http://127.0.0.1:\(server.port)/", calls)
            #expect(plain.status == 200)
        }
    }

    @Test func `TLS is spoken with the name`() async throws {
        let heard = Mutex<[UInt8]>([])
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Ear { bytes in heard.withLock { $0 += bytes } })
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let port = listener.localAddress?.port ?? 0
        let calls = calls(Names(["rebinding.test": [["127.0.0.1"]]]))
        await #expect(throws: HTTPCallError.self) { try await get("https://rebinding.test:\(port)/", calls) }
        let hello = String(decoding: heard.withLock { $0 }, as: UTF8.self)
        #expect(hello.contains("rebinding.test"), "server name indication")
        try await listener.close()
    }

    @Test func `addresses are tried in turn`() async throws {
        try await LocalServer.with { server in
            let names = Names(["two.test": [["127.0.0.3", "127.0.0.1"]]])
            let calls = HTTPCalls(HTTPCallOptions(reach: .publicAddresses), isAllowed: { _ in true }) {
                (name) throws(HTTPCallError) in try names.addresses(of: name)
            }
            let answer = try await get("http://two.test:\(server.port)/", calls)
            #expect(answer.status == 200)
            let dead = try await LocalServer.deadPort()
            await #expect(throws: HTTPCallError.notReached) { try await get("http://two.test:\(dead)/", calls) }
        }
    }

    @Test func `a redirect that is followed is checked like the first step`() async throws {
        try await LocalServer.with({ request in
            let port = request.headers["host"].first?.split(separator: ":").last ?? ""
            return .answer(302, headers: [("Location", "http://inside.test:\(port)/secret")])
        }) { server in
            let names = Names(["outside.test": [["127.0.0.1"]], "inside.test": [["127.0.0.2"]]])
            await #expect(throws: HTTPCallError.forbiddenAddress) {
                try await get("http://outside.test:\(server.port)/", calls(names, redirectsMax: 3))
            }
            #expect(server.requests.map(\.target) == ["/"])
        }
    }

    @Test func `more names than clients are kept for are called all the same`() async throws {
        try await LocalServer.with { server in
            let hosts = (0..<40).map { "n\($0).test" }
            let calls = calls(Names(Dictionary(uniqueKeysWithValues: hosts.map { ($0, [["127.0.0.1"]]) })))
            for host in hosts + hosts.suffix(3) {
                let answer = try await get("http://\(host):\(server.port)/", calls)
                #expect(answer.status == 200)
            }
            try await LocalServer.wait { server.closed >= 8 }
            #expect(server.connections == 40, "the last three were still there")
            #expect(server.closed == 8, "those unused for longest are not")
            await calls.close()
            try await LocalServer.wait { server.closed == 40 }
            #expect(server.closed == 40)
        }
    }

    @Test func `a name that nobody has is said to be none`() async throws {
        await #expect(throws: HTTPCallError.noSuchHost) { try await get("http://none.test/", calls(Names([:]))) }
    }
}

/// Takes down what it hears, and hangs up.
private final class Ear: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let hear: @Sendable ([UInt8]) -> Void

    init(_ hear: @escaping @Sendable ([UInt8]) -> Void) {
        self.hear = hear
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        hear(Array(unwrapInboundIn(data).readableBytesView))
        context.close(promise: nil)
    }
}
