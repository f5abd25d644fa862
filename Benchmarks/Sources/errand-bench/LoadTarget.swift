import ArgumentParser
import ErrandCore
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

/// The server under load.
struct LoadTarget: Sendable {
    let host: String
    let port: Int
    let group: MultiThreadedEventLoopGroup

    enum Failure: Error {
        case refused(Int)
        /// So many requests had another answer than they should.
        case failed(Int)
    }

    /// - Throws: `ValidationError` for an address that is not of this machine.
    init(baseURL: String, group: MultiThreadedEventLoopGroup) throws {
        guard let url = URL(string: baseURL), let host = url.host, let port = url.port,
            ["localhost", "127.0.0.1"].contains(host)
        else { throw ValidationError("The server has to be on this machine.") }
        self.host = "127.0.0.1"
        self.port = port
        self.group = group
    }

    /// Makes an account with tasks. Returns its access token.
    ///
    /// - Parameter ending: added to every title.
    func prepare(tasks: Int, titled ending: String = "") async throws -> String {
        let email = "\(UUID().uuidString.lowercased())@example.org"
        let session = try await send(
            "POST", "/api/v1/auth/sign-up", ["email": .string(email), "password": "a quiet walk in the woods"],
            token: ""
        )
        let token = session["access_token"]?.string ?? ""
        var samples = SampleTasks()
        for start in stride(from: 0, to: tasks, by: 100) {
            let commands = (start..<min(start + 100, tasks)).map { index -> JSONValue in
                ["id": .string("\(index)"), "op": "create", "args": samples.task(index, titled: ending)]
            }
            _ = try await send("POST", "/api/v1/tasks/batch", ["commands": .array(commands)], token: token)
        }
        return token
    }

    /// Keeps connections busy for a while, one for each token.
    ///
    /// - Parameter request: the request of a number. Each connection goes on from one of its own.
    func load(
        tokens: [String], duration: Duration, request: @escaping @Sendable (Int) -> LoadRequest
    ) async throws -> [LoadRequest.Kind: LoadResult] {
        let end = ContinuousClock.now + duration
        return try await withThrowingTaskGroup(of: [LoadRequest.Kind: LoadResult].self) { tasks in
            for (index, token) in tokens.enumerated() {
                tasks.addTask { try await keepBusy(first: index * 7, until: end, token: token, request) }
            }
            return try await tasks.reduce(into: [:]) { all, some in
                for (kind, result) in some { all[kind, default: LoadResult()].add(result) }
            }
        }
    }

    /// One connection, from its first request to the end of time.
    private func keepBusy(
        first: Int, until end: ContinuousClock.Instant, token: String,
        _ request: @escaping @Sendable (Int) -> LoadRequest
    ) async throws -> [LoadRequest.Kind: LoadResult] {
        let promise = group.next().makePromise(of: [LoadRequest.Kind: LoadResult].self)
        let channel = try await ClientBootstrap(group: group)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    try channel.pipeline.syncOperations.addHandler(
                        LoadHandler(first: first, end: end, token: token, done: promise, request)
                    )
                }
            }
            .connect(host: host, port: port).get()
        let result = try await promise.futureResult.get()
        try await channel.close()
        return result
    }

    /// Sends one request on a connection of its own.
    func send(_ method: String, _ path: String, _ body: JSONValue, token: String) async throws -> JSONValue {
        try JSONValue.parse(try await exchange(method, path, body, token: token).body)
    }

    /// Sends one request on a connection of its own, and returns the whole answer.
    func exchange(
        _ method: String, _ path: String, _ body: JSONValue, token: String
    ) async throws -> (status: Int, headers: HTTPHeaders, body: [UInt8]) {
        let promise = group.next().makePromise(of: (Int, HTTPHeaders, [UInt8]).self)
        let bytes = body == .null ? [] : body.serialized()
        let channel = try await ClientBootstrap(group: group).channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHTTPClientHandlers()
                try channel.pipeline.syncOperations.addHandler(
                    ExchangeHandler(method: method, path: path, body: bytes, token: token, answer: promise)
                )
            }
        }.connect(host: host, port: port).get()
        let (status, headers, answer) = try await promise.futureResult.get()
        try? await channel.close()
        guard (200...299).contains(status) else { throw Failure.refused(status) }
        return (status, headers, answer)
    }
}
