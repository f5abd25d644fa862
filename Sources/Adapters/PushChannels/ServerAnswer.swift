package import CivilTime
import ErrandCore
import HTTPCalls
package import HTTPTypes

/// What a server of the outside world has answered, as far as it matters.
package struct ServerAnswer: Sendable {
    /// Bytes of an answer that are read; there is no more than a reason in it.
    static let bodyBytesMax = 4096
    /// Of a word that a server says; longer ones are no codes.
    private static let wordLengthMax = 48

    let status: Int
    /// `Retry-After`, from now on.
    package var retryAfter: Duration?
    /// Known members of a body of JSON, in words that are codes: free text stays out of what people are shown.
    package var reason: String?
    /// Whether the body calls itself an error.
    package var saysError = false

    init(status: Int) {
        self.status = status
    }

    package init(status: Int, headers: HTTPFields, body: [UInt8], at now: Instant) {
        self.status = status
        retryAfter = headers[.retryAfter].flatMap { ServerAnswer.pause($0, at: now) }
        guard let json = try? JSONValue.parse(body) else { return }
        let error = json["error"] ?? .null
        reason = ServerAnswer.word([
            json["reason"], json["errno"], json["code"], error, error["reason"], error["status"], error["code"],
        ])
        saysError =
            switch (error, json["errno"]) {
            case (.string, _), (.object, _), (_, .integer?): true
            case (_, .string?): true
            default: false
            }
    }

    /// The first that is a code: a number, or letters, digits, `_`, `-` and `.` without a space.
    private static func word(_ values: [JSONValue?]) -> String? {
        for value in values {
            if let number = value?.integer { return String(number) }
            if let text = value?.string, (1...wordLengthMax).contains(text.utf8.count),
                text.utf8.allSatisfy({ byte in
                    switch byte {
                    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
                    default: false
                    }
                })
            {
                return text
            }
        }
        return nil
    }

    /// Seconds, or a date (RFC 9110 §10.2.3); nil for anything else. Never negative.
    static func pause(_ text: String, at now: Instant) -> Duration? {
        if let seconds = Int64(text) { return (0...31_536_000).contains(seconds) ? .seconds(seconds) : nil }
        return date(text).map { max($0 - now, .zero) }
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7).
    private static func date(_ text: String) -> Instant? {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let parts = text.split(separator: " ").map(String.init)
        guard parts.count == 6, parts[5] == "GMT", let month = months.firstIndex(of: parts[2]) else { return nil }
        let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        return Instant("\(parts[3])-\(number)-\(parts[1])T\(parts[4])Z")
    }
}
