import Foundation
import HTTPCalls

/// Fetches the key set of an external issuer.
///
/// Its address comes from the operator, who is trusted with the machine, and issuers inside the operator's own cluster
/// or company network are usual: so private addresses are allowed. Redirects are not followed, or the issuer would name
/// the address, and the rule about https would hold for the first step only.
package struct KeySetDownload: Sendable {
    package static let timeout = Duration.seconds(5)
    package static let sizeBytesMax = 256 * 1024

    private let calls: HTTPCalls

    package init() {
        var options = HTTPCallOptions(reach: .anywhere)
        options.connectTimeout = KeySetDownload.timeout
        // Half an hour passes before the next one.
        options.idleTimeout = .seconds(1)
        calls = HTTPCalls(options)
    }

    /// - Parameter address: https; http only for this machine.
    /// - Throws: ``KeySetError``, `HTTPCallError`.
    package func run(_ address: String) async throws -> [UInt8] {
        guard let url = URL(string: address), let host = url.host,
            url.scheme == "https" || url.scheme == "http" && ["localhost", "127.0.0.1", "[::1]", "::1"].contains(host)
        else { throw KeySetError.badAddress }
        let answer = try await calls.send(
            HTTPCall(address), upTo: KeySetDownload.sizeBytesMax, within: KeySetDownload.timeout
        )
        guard answer.status == 200 else { throw KeySetError.badStatus(answer.status) }
        return answer.body
    }
}

/// Why there is no key set.
package enum KeySetError: Error, Hashable {
    case badStatus(Int), badAddress
}
