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

    /// Says at once that nobody listens. Else it would try again after longer and longer pauses, for all calls alike.
    private static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    /// Far more than any answer of a test.
    private static let bodyMax = 64 << 20

    /// - Returns: nil when no whole answer came in this time.
    static func answer(to request: HTTPClientRequest, within limit: Duration) async -> Answer? {
        await withTaskGroup(of: Answer?.self) { group in
            group.addTask { try? await answer(to: request, TimeAmount(limit)) }
            group.addTask {
                try? await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }

    private static func answer(to request: HTTPClientRequest, _ limit: TimeAmount) async throws -> Answer {
        let response = try await client.execute(request, timeout: limit)
        let body = try await response.body.collect(upTo: bodyMax)
        return Answer(
            status: Int(response.status.code), headers: response.headers, body: Array(body.readableBytesView)
        )
    }
}
