import ErrandCore
import HTTPCalls

/// Fetches what a program says of itself, from an address that anybody may name: so only from public ones, without
/// redirects, and not much.
public struct ClientDocumentDownload: Sendable {
    static let timeout = Duration.seconds(5)
    static let sizeBytesMax = 64 * 1024

    private let calls: HTTPCalls

    public init() {
        var options = HTTPCallOptions(reach: .publicAddresses)
        options.connectTimeout = ClientDocumentDownload.timeout
        options.idleTimeout = .seconds(1)
        calls = HTTPCalls(options)
    }

    /// - Throws: `HTTPCallError`; ``ErrandError/unavailable`` for an answer that is none.
    public func run(_ address: String) async throws -> [UInt8] {
        let answer = try await calls.send(
            HTTPCall(address), upTo: ClientDocumentDownload.sizeBytesMax, within: ClientDocumentDownload.timeout
        )
        guard answer.status == 200 else { throw ErrandError.unavailable }
        return answer.body
    }
}
