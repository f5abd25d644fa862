package import CCurl
package import ErrandCore

/// What came of handing a mail over: libcurl's code, and the last reply of the server (RFC 5321 §4.2).
package struct SMTPReply {
    let code: CURLcode
    /// 0 when the server has said nothing.
    let status: Int
    /// Whether all of the message was sent, so that only the answer to it is missing.
    let isSent: Bool

    package init(code: CURLcode, status: Int, isSent: Bool) {
        self.code = code
        self.status = status
        self.isSent = isSent
    }

    package var outcome: DeliveryOutcome {
        switch code {
        case CURLE_OK: .delivered(evidence: "\(status)")
        case CURLE_USE_SSL_FAILED: .misconfigured(reason: "The mail server offers no TLS.")
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR:
            .misconfigured(reason: "The certificate of the mail server is not good.")
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER: .retry(after: nil, reason: "TLS with the mail server failed.")
        case CURLE_LOGIN_DENIED: login
        case CURLE_OPERATION_TIMEDOUT: .retry(after: nil, reason: "The mail server did not answer in time.")
        case CURLE_ABORTED_BY_CALLBACK: .retry(after: nil, reason: "The sending was cancelled.")
        case CURLE_COULDNT_RESOLVE_HOST: .retry(after: nil, reason: "The mail server's name is not known.")
        case CURLE_COULDNT_CONNECT: .retry(after: nil, reason: "The mail server cannot be reached.")
        default: refusal
        }
    }

    private var login: DeliveryOutcome {
        (400...499).contains(status)
            ? .retry(after: nil, reason: "The mail server lets nobody in now (\(status)).")
            : .misconfigured(reason: "The mail server does not let us in (\(status)).")
    }

    private var refusal: DeliveryOutcome {
        switch status {
        case 552: .tooLarge
        // Refused at RCPT: there is no such address, or it takes no mail (RFC 5321 §4.2.3).
        case 550...551 where !isSent, 553 where !isSent, 556 where !isSent:
            .gone(reason: "The mail server does not take the address (\(status)).")
        case 500...599: .rejected(reason: "The mail server refuses the mail (\(status)).")
        case 400...499: .retry(after: nil, reason: "The mail server asks to come again (\(status)).")
        default: .retry(after: nil, reason: "The connection to the mail server broke off.")
        }
    }
}
