import ErrandHTTP
import HTTPCalls
import LocalServers
import Testing

/// The key sets of other issuers are where the operator says, on this machine as well.
@Suite(.timeLimit(.minutes(1))) struct KeySetDownloadTests {
    @Test func `a key set comes as it is`() async throws {
        try await LocalServer.with({ _ in .answer(body: #"{"keys":[]}"#) }) { server in
            let download = KeySetDownload()
            for host in ["127.0.0.1", "localhost"] {
                let bytes = try await download.run("http://\(host):\(server.port)/keys?v=1")
                #expect(bytes == Array(#"{"keys":[]}"#.utf8))
            }
            #expect(server.requests.map(\.target) == ["/keys?v=1", "/keys?v=1"])
        }
    }

    @Test func `nothing but a key set of a reasonable size is taken`() async throws {
        try await LocalServer.with({ request in
            switch request.target {
            case "/missing": .answer(404)
            case "/moved": .answer(302, headers: [("Location", "/")])
            case "/endless": .endless
            default: .answer(body: "{}")
            }
        }) { server in
            let download = KeySetDownload()
            await #expect(throws: KeySetError.badStatus(404)) { try await download.run("\(server.url)/missing") }
            await #expect(throws: KeySetError.badStatus(302)) { try await download.run("\(server.url)/moved") }
            await #expect(throws: HTTPCallError.tooLarge) { try await download.run("\(server.url)/endless") }
            #expect(server.requests.map(\.target) == ["/missing", "/moved", "/endless"])
        }
    }

    @Test(arguments: ["http://id.example/keys", "ftp://localhost/", "localhost", "", "http+unix://%2Frun%2Fa.sock/"])
    func `an address that is not https is refused, but on this machine`(address: String) async throws {
        await #expect(throws: KeySetError.badAddress) { try await KeySetDownload().run(address) }
    }
}
