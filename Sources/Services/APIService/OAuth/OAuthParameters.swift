import ErrandCore
import ErrandHTTP
import Foundation
import Hummingbird

/// Parameters of a query or a form, each there once (RFC 6749 §3.1).
struct OAuthParameters: Sendable {
    private static let bytesMax = 65_536
    private let values: [String: String]

    /// - Throws: ``OAuthError`` for one that is there twice, or that cannot be read.
    init(_ text: String) throws(OAuthError) {
        var values: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = OAuthParameters.decoded(parts[0]),
                let value = OAuthParameters.decoded(parts.count > 1 ? parts[1] : "")
            else { throw OAuthError("invalid_request", "The parameters are not form-encoded UTF-8.") }
            if values.updateValue(value, forKey: name) != nil {
                throw OAuthError("invalid_request", "A parameter is there more than once.")
            }
        }
        self.values = values
    }

    /// The body of a form.
    ///
    /// - Throws: ``OAuthError``; ``Problem`` when it is too large.
    init(form request: Request) async throws {
        let type = request.headers[.contentType]?.split(separator: ";").first.map { $0.lowercased() } ?? ""
        guard type.hasPrefix("application/x-www-form-urlencoded") else {
            throw OAuthError("invalid_request", "Send application/x-www-form-urlencoded.")
        }
        let body = try await request.body.collect(upTo: OAuthParameters.bytesMax)
        try self.init(String(buffer: body))
    }

    /// Nil where it is not there, or empty (RFC 6749 §3.1).
    subscript(name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }

    private static func decoded(_ text: Substring) -> String? {
        text.replacing("+", with: " ").removingPercentEncoding
    }

    /// Values as a query.
    static func query(_ values: [(String, String?)]) -> String {
        values.compactMap { name, value in
            value.map { "\(name)=\($0.addingPercentEncoding(withAllowedCharacters: unreserved) ?? "")" }
        }.joined(separator: "&")
    }

    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    )
}
