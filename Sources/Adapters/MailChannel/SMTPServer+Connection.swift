import BlockingThreads
import CCurl
import ErrandCore

extension SMTPServer {
    /// Whether libcurl could be started; once for the process.
    static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// How to reach the server: with TLS, its certificate and name checked, and no password before.
    ///
    /// - Parameter seconds: for everything that is done with `handle`.
    /// - Returns: what libcurl says of each setting.
    func settings(of handle: UnsafeMutableRawPointer, within seconds: Int) -> [CURLcode] {
        var codes = [
            curl_set_text(handle, CURLOPT_URL, address),
            curl_set_text(handle, CURLOPT_PROTOCOLS_STR, isImplicitTLS ? "smtps" : "smtp"),
            curl_set_number(handle, CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue)),
            curl_set_number(handle, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)),
            curl_set_number(handle, CURLOPT_SSL_VERIFYPEER, 1),
            curl_set_number(handle, CURLOPT_SSL_VERIFYHOST, 2),
            curl_set_number(handle, CURLOPT_NOSIGNAL, 1),
            curl_set_number(handle, CURLOPT_CONNECTTIMEOUT, min(10, seconds)),
            curl_set_number(handle, CURLOPT_TIMEOUT, seconds),
            // The environment names no proxy for mails, and no file names a password.
            curl_set_text(handle, CURLOPT_PROXY, ""),
            curl_set_number(handle, CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue)),
        ]
        if let authorities {
            codes.append(curl_set_text(handle, CURLOPT_CAINFO, authorities))
            codes.append(curl_set_text(handle, CURLOPT_CAPATH, nil))
        }
        if !user.isEmpty {
            codes.append(curl_set_text(handle, CURLOPT_USERNAME, user))
            let isToken = authentication == .xoauth2
            codes.append(curl_set_text(handle, isToken ? CURLOPT_XOAUTH2_BEARER : CURLOPT_PASSWORD, password))
            if let option = authentication.loginOption {
                codes.append(curl_set_text(handle, CURLOPT_LOGIN_OPTIONS, option))
            }
        }
        return codes
    }

    /// Connects, makes TLS and signs in as for a mail, and sends none.
    ///
    /// - Parameter seconds: for all of it.
    /// - Returns: a sentence on what goes wrong, without the password; nil when the server lets us in.
    public func probe(within seconds: Int) async -> String? {
        let worker = BlockingWorker(name: "errand-mail-probe")
        let reason = await worker.perform { connectOnce(within: seconds) }
        await worker.end()
        return reason
    }

    private func connectOnce(within seconds: Int) -> String? {
        guard SMTPServer.isReady, let handle = curl_easy_init() else { return "The mail client cannot be started." }
        defer { curl_easy_cleanup(handle) }
        let codes = settings(of: handle, within: seconds) + [curl_set_number(handle, CURLOPT_CONNECT_ONLY, 1)]
        guard codes.allSatisfy({ $0 == CURLE_OK }) else { return "The mail client does not know a setting." }
        let code = curl_easy_perform(handle)
        return switch SMTPReply(code: code, status: curl_response_code(handle), isSent: false).outcome {
        case .delivered: nil
        case .retry(_, let reason), .gone(let reason), .rejected(let reason), .misconfigured(let reason): reason
        case .tooLarge: "The mail server refuses us."
        }
    }
}
