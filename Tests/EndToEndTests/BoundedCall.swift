import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// A call that ends in any case, also of a server that is killed meanwhile.
///
/// Not through FoundationNetworking: it may forget a request whose connection breaks at a bad moment, and its time-out
/// with it. In such a turn libdispatch, which it waits for its connections by, once ended the process of the tests.
enum BoundedCall {
    struct Answer: Sendable {
        let status: Int
        let headers: HTTPHeaders
        let body: [UInt8]
    }

    /// Far more than any answer of a test.
    private static let bodyMax = 64 << 20

    /// - Returns: nil when no whole answer came in this time.
    static func answer(to request: HTTPClientRequest, within limit: Duration) async -> Answer? {
        // One for each call, which ends where nobody listens: it would pause before it looks again, for others too.
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.retryConnectionEstablishment = false
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let outcome = await withTaskGroup(of: Answer?.self) { group in
            group.addTask { try? await answer(to: request, TimeAmount(limit), by: client) }
            group.addTask {
                try? await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
        try? await client.shutdown()
        return outcome
    }

    private static func answer(
        to request: HTTPClientRequest, _ limit: TimeAmount, by client: HTTPClient
    ) async throws -> Answer {
        let response = try await client.execute(request, timeout: limit)
        let body = try await response.body.collect(upTo: bodyMax)
        return Answer(
            status: Int(response.status.code), headers: response.headers, body: Array(body.readableBytesView)
        )
    }
}
