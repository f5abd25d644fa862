import CCurl
import ErrandCore
import MailChannel
import Testing

@Suite struct SMTPTests {
    @Test func `an address says host, port, TLS and who one is`() throws {
        let server = try #require(SMTPServer(url: "smtps://ana%40example.org:p%2Fw@mail.example.org"))
        #expect(server.address == "smtps://mail.example.org:465")
        #expect(server.user == "ana@example.org")
        #expect(server.password == "p/w")
        #expect(server.isImplicitTLS)
        let other = try #require(SMTPServer(url: "smtp://localhost:2525"))
        #expect(other.address == "smtp://localhost:2525")
        #expect(other.user.isEmpty && !other.isImplicitTLS)
        #expect(SMTPServer(url: "smtp://localhost")?.address == "smtp://localhost:587")
    }

    @Test(arguments: [
        "", "mail.example.org", "http://mail.example.org", "smtp://", "smtp://ana@mail.example.org",
        "smtp://mail.example.org/path", "smtp://mail.example.org?x=y", "smtp://a:b%0D%0AQUIT@mail.example.org",
        "smtp://mail.example.org:0", "smtp://mail.example.org:99999", "smtp://mail example.org",
    ])
    func `what is no address of a mail server is refused`(_ url: String) {
        #expect(SMTPServer(url: url) == nil)
    }

    private enum Kind { case delivered, retry, gone, rejected, misconfigured, tooLarge }

    private func kind(_ code: CURLcode, _ status: Int, isSent: Bool = false) -> Kind {
        switch SMTPReply(code: code, status: status, isSent: isSent).outcome {
        case .delivered: .delivered
        case .retry: .retry
        case .gone: .gone
        case .rejected: .rejected
        case .misconfigured: .misconfigured
        case .tooLarge: .tooLarge
        }
    }

    @Test func `replies of the server decide what comes next`() {
        #expect(kind(CURLE_OK, 250, isSent: true) == .delivered)
        for (status, isSent) in [(421, false), (450, false), (451, true), (452, true), (0, true)] {
            #expect(kind(CURLE_SEND_ERROR, status, isSent: isSent) == .retry, "\(status)")
        }
        #expect(kind(CURLE_SEND_ERROR, 550) == .gone, "at RCPT it is about the address")
        #expect(kind(CURLE_SEND_ERROR, 550, isSent: true) == .rejected, "after DATA it is about the mail")
        #expect(kind(CURLE_SEND_ERROR, 554, isSent: true) == .rejected)
        #expect(kind(CURLE_SEND_ERROR, 552, isSent: true) == .tooLarge)
        #expect(kind(CURLE_USE_SSL_FAILED, 0) == .misconfigured)
        #expect(kind(CURLE_PEER_FAILED_VERIFICATION, 0) == .misconfigured)
        #expect(kind(CURLE_LOGIN_DENIED, 535) == .misconfigured)
        #expect(kind(CURLE_LOGIN_DENIED, 454) == .retry)
        #expect(kind(CURLE_OPERATION_TIMEDOUT, 354) == .retry)
    }
}
