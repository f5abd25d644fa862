package import ErrandCore
package import HTTPCalls

/// What the answers of servers mean for a delivery, by channel: one table, without any effect.
package enum AnswerTable {
    /// RFC 8030 §5, and what push services do beside it.
    package static func webPush(_ answer: ServerAnswer, isShort: Bool) -> DeliveryOutcome {
        let said = answer.words
        switch answer.status {
        case 200...299 where answer.saysError:
            return .rejected(reason: "The push service took it with an error\(said).")
        case 200...299: return .delivered(evidence: "status \(answer.status)")
        case 300...399: return .misconfigured(reason: "The push service has moved\(said). Subscribe again.")
        // Firebase says so of a subscription that was made with another key.
        case 400 where answer.reason == "UnauthorizedRegistration", 401, 403:
            return .misconfigured(reason: "The push service does not take our key\(said). Subscribe again.")
        case 404, 410: return .gone(reason: "The subscription has ended\(said).")
        case 413: return isShort ? .rejected(reason: "Even the short message was too large\(said).") : .tooLarge
        case 408, 425: return .retry(after: answer.retryAfter, reason: "The push service took too long\(said).")
        case 429: return .retry(after: answer.retryAfter, reason: "The push service asks us to slow down\(said).")
        case 500...599: return .retry(after: answer.retryAfter, reason: "The push service has trouble\(said).")
        default: return .rejected(reason: "The push service refused it\(said).")
        }
    }

    /// By the recommendations of Standard Webhooks: whatever is not a success is tried again, but for what could only
    /// be refused again, and 410, by which a receiver takes its leave.
    package static func webhook(_ answer: ServerAnswer, isShort: Bool) -> DeliveryOutcome {
        let said = answer.words
        switch answer.status {
        case 200...299: return .delivered(evidence: "status \(answer.status)")
        case 300...399: return .misconfigured(reason: "The address leads elsewhere\(said): redirects are not followed.")
        case 410: return .gone(reason: "The receiver wants no more of it\(said).")
        case 413: return isShort ? .rejected(reason: "Even the short message was too large\(said).") : .tooLarge
        case 400, 415, 422: return .rejected(reason: "The receiver refused it\(said).")
        case 429: return .retry(after: answer.retryAfter, reason: "The receiver asks us to slow down\(said).")
        default: return .retry(after: answer.retryAfter, reason: "The receiver did not take it\(said).")
        }
    }

    /// What ntfy answers (<https://docs.ntfy.sh/publish/#limitations>).
    package static func ntfy(_ answer: ServerAnswer, isShort: Bool) -> DeliveryOutcome {
        let said = answer.words
        switch answer.status {
        case 200...299 where answer.saysError: return .rejected(reason: "The server took it with an error\(said).")
        case 200...299: return .delivered(evidence: "status \(answer.status)")
        case 300...399: return .misconfigured(reason: "The server has moved\(said).")
        case 401, 403: return .misconfigured(reason: "The server does not let us write to the topic\(said).")
        case 404, 405: return .misconfigured(reason: "There is no ntfy at that address\(said).")
        case 410: return .gone(reason: "The topic has ended\(said).")
        case 413: return isShort ? .rejected(reason: "Even the short message was too large\(said).") : .tooLarge
        case 429: return .retry(after: answer.retryAfter, reason: "The server asks us to slow down\(said).")
        case 408, 425, 500...599: return .retry(after: answer.retryAfter, reason: "The server has trouble\(said).")
        default: return .rejected(reason: "The server refused it\(said).")
        }
    }

    /// A call without an answer.
    package static func failure(_ error: HTTPCallError) -> DeliveryOutcome {
        switch error {
        case .forbiddenAddress: .misconfigured(reason: "The address is not a public one.")
        case .invalidAddress: .misconfigured(reason: "The address cannot be called.")
        // Names, certificates and connections come back.
        case .noSuchHost, .notReached, .busy, .untrusted, .handshakeTimedOut, .timedOut, .closed, .disconnected,
            .tooLarge, .cancelled, .failed:
            .retry(after: nil, reason: "No answer: \(error).")
        }
    }
}

extension ServerAnswer {
    /// In brackets, as the end of a sentence: the status, and the code if it gave one.
    fileprivate var words: String {
        guard let reason else { return " (\(status))" }
        return " (\(status), \(reason))"
    }
}
