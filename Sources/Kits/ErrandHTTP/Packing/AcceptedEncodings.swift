import Foundation

/// What an `Accept-Encoding` field says (RFC 9110 §12.5.3), as far as it is about gzip.
package enum AcceptedEncodings {
    /// Whether gzip is to be sent: it is accepted, and nothing says that the bytes as they are would be liked better.
    ///
    /// - Parameter field: nil where there is none: then anything would do, but who does not ask may not know gzip.
    package static func preferGzip(_ field: String?) -> Bool {
        guard let field else { return false }
        var weights: [String: Int] = [:]
        for part in field.split(separator: ",") {
            let pieces = part.split(separator: ";", omittingEmptySubsequences: false).map { trimmed($0) }
            guard let coding = pieces.first, !coding.isEmpty else { continue }
            weights[coding.lowercased()] = weight(pieces.dropFirst())
        }
        // `x-gzip` is another name of it (§8.4.1.3).
        let gzip = weights["gzip"] ?? weights["x-gzip"] ?? weights["*"] ?? 0
        return gzip > 0 && gzip >= weights["identity"] ?? 0
    }

    /// In thousandths; 0, which refuses, for what is no weight.
    private static func weight(_ parameters: ArraySlice<String>) -> Int {
        guard let parameter = parameters.first else { return 1_000 }
        let pair = parameter.split(separator: "=", omittingEmptySubsequences: false).map { trimmed($0) }
        guard parameters.count == 1, pair.count == 2, pair[0].lowercased() == "q",
            pair[1].wholeMatch(of: #/0(\.[0-9]{0,3})?|1(\.0{0,3})?/#) != nil, let value = Double(pair[1])
        else { return 0 }
        return Int((value * 1_000).rounded())
    }

    private static func trimmed(_ text: Substring) -> String {
        text.trimmingCharacters(in: CharacterSet(charactersIn: " \t"))
    }
}
