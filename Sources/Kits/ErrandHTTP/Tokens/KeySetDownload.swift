import Foundation
import FoundationNetworking

/// Fetches the key set of an external issuer.
enum KeySetDownload {
    static let timeout: TimeInterval = 5
    static let sizeBytesMax = 256 * 1024

    /// - Parameter address: https; http only for this machine.
    static func run(_ address: String) async throws -> [UInt8] {
        guard let url = URL(string: address), let host = url.host,
            url.scheme == "https" || url.scheme == "http" && ["localhost", "127.0.0.1", "[::1]", "::1"].contains(host)
        else { throw KeySetError.badAddress }
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = timeout
        configuration.timeoutIntervalForResource = timeout
        let session = URLSession(configuration: configuration)
        defer { session.finishTasksAndInvalidate() }
        let (data, response) = try await session.data(from: url)
        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
        guard status == 200 else { throw KeySetError.badStatus(status) }
        guard data.count <= sizeBytesMax else { throw KeySetError.tooLarge }
        return Array(data)
    }
}
