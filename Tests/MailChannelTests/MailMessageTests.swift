import CivilTime
import Foundation
import MailChannel
import Testing

@Suite struct MailMessageTests {
    private func message(
        subject: String = "Hello", text: String = "Hello", html: String = "<p>Hello</p>", to: String = "ana@example.org"
    ) throws -> MailMessage {
        MailMessage(
            from: try #require(Mailbox("Errand <errand@example.com>")), to: try #require(Mailbox(address: to)),
            subject: subject, text: text, html: html, date: Instant(seconds: 1_768_471_205),
            id: "0198f2d4-6c1e-7a3b-9c55-3f0a4b1d2e00",
            unsubscribing: MailMessage.Unsubscribing(address: "https://errand.example.com/u/token")
        )
    }

    private func lines(_ message: MailMessage) -> [String] {
        String(decoding: message.bytes, as: UTF8.self).components(separatedBy: "\r\n")
    }

    @Test func `a mail has every header that it should have, once`() throws {
        let lines = lines(try message())
        let end = try #require(lines.firstIndex(of: ""))
        let headers = lines[..<end].filter { !$0.hasPrefix(" ") }.map { $0.split(separator: ":")[0] }
        #expect(
            headers == [
                "Date", "From", "To", "Message-ID", "Subject", "MIME-Version", "Auto-Submitted",
                "X-Auto-Response-Suppress", "List-Unsubscribe", "List-Unsubscribe-Post", "Content-Type",
            ]
        )
        #expect(lines.contains("Date: Thu, 15 Jan 2026 10:00:05 +0000"))
        #expect(lines.contains("Message-ID: <0198f2d4-6c1e-7a3b-9c55-3f0a4b1d2e00@example.com>"))
        #expect(lines.contains("List-Unsubscribe: <https://errand.example.com/u/token>"))
    }

    @Test(arguments: [
        "Milk\r\nBcc: eve@example.net", "Milk\nBcc: eve@example.net", "Milk\u{0}\rBcc: eve@example.net",
        "Milk\u{2028}Bcc: eve@example.net", "Milk\u{85}Bcc: eve@example.net", "=?utf-8?Q?=0D=0ABcc:_eve?=",
        "\r\n\r\n<script>", String(repeating: "Ü", count: 10_000), String(repeating: "x", count: 10_000),
        String(repeating: "👩‍👩‍👧", count: 3_000), "\u{202E}Milk", "", ".", " ",
    ])
    func `no title adds a header, and no line is too long`(_ title: String) throws {
        let lines = lines(try message(subject: title, text: title, html: title))
        let end = try #require(lines.firstIndex(of: ""))
        #expect(!lines[..<end].contains { $0.lowercased().hasPrefix("bcc") })
        #expect(lines[..<end].filter { $0.hasPrefix("Content-Type:") }.count == 1)
        #expect(lines.allSatisfy { $0.utf8.count <= 78 && $0.utf8.allSatisfy { (0x20...0x7E).contains($0) } })
        #expect(lines.filter { $0.hasPrefix("--=_errand_") }.count == 3)
    }

    @Test func `a subject is cut, and read back by whole characters`() throws {
        let words = MailWords.encoded(MailMessage.line(String(repeating: "ü€👍", count: 4_000)))
        var text = ""
        for word in words {
            #expect(word.utf8.count <= 75)
            let data = try #require(Data(base64Encoded: String(word.dropFirst(10).dropLast(2))))
            text += try #require(String(data: data, encoding: .utf8))
        }
        #expect(text.unicodeScalars.count == MailMessage.subjectLengthMax + 1)
        #expect(text.hasSuffix("…"))
    }

    @Test(arguments: [
        "", "a@b", "one = two", "ends with a space ", "tab\t", "ümlaut", ".dot", "..", "a\r\nb\nc",
        String(repeating: "=", count: 100), String(repeating: "a b", count: 999),
        "👍" + String(repeating: "é", count: 99),
    ])
    func `what is written as quoted-printable is read back as it was`(_ text: String) {
        let lines = QuotedPrintable.lines(text)
        #expect(lines.allSatisfy { $0.utf8.count <= 76 })
        #expect(decoded(lines) == text.replacing("\r\n", with: "\n"))
    }

    private func decoded(_ lines: [String]) -> String {
        var bytes: [UInt8] = []
        for (index, line) in lines.enumerated() {
            var rest = Array(line.utf8)[...]
            var isSoft = false
            while let byte = rest.popFirst() {
                guard byte == UInt8(ascii: "=") else {
                    bytes.append(byte)
                    continue
                }
                if rest.isEmpty {
                    isSoft = true
                } else if let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
                    bytes.append(value)
                    rest = rest.dropFirst(2)
                }
            }
            if !isSoft, index < lines.count - 1 { bytes.append(0x0A) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(arguments: [
        "", "a", "@b", "a@", "a@b@c", "a b@c", "a@b\r\nRCPT TO:<eve@d>", "a@b>", "<a@b", "a,b@c", "ü@b", "a@b\u{0}",
        String(repeating: "a", count: 255) + "@b",
    ])
    func `what is no address is refused`(_ address: String) {
        #expect(Mailbox(address: address) == nil)
    }

    @Test func `an author may have a name`() {
        #expect(Mailbox("errand@example.com") == Mailbox(address: "errand@example.com"))
        #expect(Mailbox("\"The Errand\" <errand@example.com>")?.name == "The Errand")
        #expect(Mailbox("Errand\r\nX: y <errand@example.com>")?.header.contains("\n") == false)
    }
}
