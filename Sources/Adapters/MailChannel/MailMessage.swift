public import CivilTime
import Foundation

/// A mail as text on the wire (RFC 5322, RFC 2045 to 2047): a text and an HTML form of the same, and headers that tell
/// programs that nobody has written it by hand.
///
/// Whatever the parts say, every line is ASCII and at most 76 octets long, headers of addresses aside, which are
/// checked before: 998 octets at most.
public struct MailMessage: Sendable {
    /// Where one ends what comes of more than one recipient: the list headers of RFC 2369 and RFC 8058.
    public struct Unsubscribing: Hashable, Sendable {
        /// An `https` address that a POST with `List-Unsubscribe=One-Click` in its body ends the mails at.
        public let address: String

        public init(address: String) {
            self.address = address
        }
    }

    /// The author, as an address or `Name <address>`.
    public let from: Mailbox
    public let to: Mailbox
    public let subject: String
    public let text: String
    public let html: String
    public let date: Instant
    /// What makes it one: the same for every attempt to send it. Letters, digits and hyphens.
    public let id: String
    public let unsubscribing: Unsubscribing?

    public init(
        from: Mailbox, to: Mailbox, subject: String, text: String, html: String, date: Instant, id: String,
        unsubscribing: Unsubscribing? = nil
    ) {
        self.from = from
        self.to = to
        self.subject = subject
        self.text = text
        self.html = html
        self.date = date
        self.id = id
        self.unsubscribing = unsubscribing
    }

    /// The longest subject, in characters: the rest of a longer one is cut off.
    public static let subjectLengthMax = 200

    /// Headers and body with CRLF line ends, before dots are doubled for the wire.
    public var bytes: [UInt8] {
        let boundary = "=_errand_\(id)"
        var lines = [
            "Date: \(MailDate.text(date))", "From: \(from.header)", "To: \(to.header)",
            "Message-ID: <\(MailMessage.token(id))@\(from.domain)>",
        ]
        lines += MailWords.header("Subject", MailMessage.line(subject))
        lines += ["MIME-Version: 1.0", "Auto-Submitted: auto-generated", "X-Auto-Response-Suppress: All"]
        if let unsubscribing, MailMessage.isHeaderSafe(unsubscribing.address) {
            lines += [
                "List-Unsubscribe: <\(unsubscribing.address)>", "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
            ]
        }
        lines += ["Content-Type: multipart/alternative;", " boundary=\"\(boundary)\"", ""]
        for (type, content) in [("text/plain", text), ("text/html", html)] {
            lines += [
                "--\(boundary)", "Content-Type: \(type); charset=utf-8", "Content-Transfer-Encoding: quoted-printable",
                "",
            ]
            lines += QuotedPrintable.lines(content)
        }
        lines += ["--\(boundary)--", ""]
        return Array(lines.joined(separator: "\r\n").utf8)
    }

    /// One line, cut: whatever breaks lines, or ends texts, is a space.
    package static func line(_ text: String) -> String {
        var result = ""
        var length = 0
        for scalar in text.unicodeScalars {
            if length == subjectLengthMax {
                result += "…"
                break
            }
            length += 1
            switch scalar.value {
            case 0...0x1F, 0x7F...0x9F, 0x2028, 0x2029: result += " "
            // Marks that turn the order of letters around make a subject say what it does not.
            case 0x202A...0x202E, 0x2066...0x2069: break
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func token(_ id: String) -> String {
        id.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    }

    static func isHeaderSafe(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 900 && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}

/// A name and an address. Neither can hold anything that would begin another header or another command.
public struct Mailbox: Hashable, Sendable {
    public let name: String
    public let address: String

    /// - Returns: nil unless the address has one `@` and is ASCII without spaces, brackets and controls.
    public init?(name: String = "", address: String) {
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty, address.utf8.count <= 254,
            address.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !Mailbox.special.contains($0) })
        else { return nil }
        self.name = MailMessage.line(name)
        self.address = address
    }

    /// Reads `address` or `Name <address>`.
    public init?(_ text: String) {
        let trimmed = text.trimmingCharacters(in: .whitespaces)
        guard trimmed.hasSuffix(">"), let open = trimmed.lastIndex(of: "<") else {
            self.init(address: trimmed)
            return
        }
        let name = trimmed[..<open].trimmingCharacters(in: CharacterSet(charactersIn: " \""))
        self.init(name: name, address: String(trimmed[trimmed.index(after: open)...].dropLast()))
    }

    private static let special = Set("<>()[]:;,\\\"".utf8)

    var domain: String { String(address.drop { $0 != "@" }.dropFirst()) }

    /// As a header says it. A name is always an encoded word, which needs no quoting.
    package var header: String {
        name.isEmpty ? address : "\(MailWords.encoded(String(name.prefix(40))).joined(separator: " ")) <\(address)>"
    }
}

/// Dates as mails have them (RFC 5322 §3.3), in UTC.
enum MailDate {
    static func text(_ instant: Instant) -> String {
        let (date, time) = Zone.utc.local(at: instant)
        let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let clock = [time.hour, time.minute, time.second].map(two).joined(separator: ":")
        return "\(days[date.weekday.rawValue]), \(two(date.day)) \(months[date.month - 1]) \(date.year) \(clock) +0000"
    }
}
