import CCurl
import ErrandCore
import Synchronization

/// One mail handed to one server by libcurl, on the thread that calls.
///
/// TLS is required, the certificate and the name in it are checked, and no password goes out before: a server that does
/// not offer STARTTLS is given nothing.
struct SMTPSubmission {
    /// Octets of a message, headers included.
    static let sizeMax = 262_144

    let server: SMTPServer
    let sender: String
    let recipient: String
    let message: [UInt8]

    /// - Parameters:
    ///   - seconds: for all of it.
    ///   - isCancelled: asked again and again; true ends it.
    func run(within seconds: Int, isCancelled: @escaping @Sendable () -> Bool) -> DeliveryOutcome {
        guard message.count <= SMTPSubmission.sizeMax else { return .tooLarge }
        guard SMTPServer.isReady, let handle = curl_easy_init() else {
            return .retry(after: nil, reason: "The mail client cannot be started.")
        }
        defer { curl_easy_cleanup(handle) }
        guard let recipients = curl_slist_append(nil, "<\(recipient)>") else {
            return .retry(after: nil, reason: "The mail client has no memory.")
        }
        defer { curl_slist_free_all(recipients) }
        let transfer = Unmanaged.passRetained(SMTPTransfer(message: message, isCancelled: isCancelled))
        defer { transfer.release() }
        guard configure(handle, recipients, seconds), connect(handle, to: transfer) else {
            return .misconfigured(reason: "The mail client does not know a setting.")
        }
        let code = curl_easy_perform(handle)
        return SMTPReply(
            code: code, status: curl_response_code(handle), isSent: transfer.takeUnretainedValue().isSent
        ).outcome
    }

    private func configure(
        _ handle: UnsafeMutableRawPointer, _ recipients: UnsafeMutablePointer<curl_slist>, _ seconds: Int
    ) -> Bool {
        let codes =
            server.settings(of: handle, within: seconds) + [
                curl_set_text(handle, CURLOPT_MAIL_FROM, "<\(sender)>"),
                curl_set_list(handle, CURLOPT_MAIL_RCPT, recipients),
                curl_set_number(handle, CURLOPT_UPLOAD, 1),
                curl_set_size(handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(message.count)),
            ]
        return codes.allSatisfy { $0 == CURLE_OK }
    }

    /// What is read from us, and what is asked of us meanwhile.
    private func connect(_ handle: UnsafeMutableRawPointer, to transfer: Unmanaged<SMTPTransfer>) -> Bool {
        let context = transfer.toOpaque()
        let codes = [
            curl_set_reader(
                handle,
                { buffer, size, count, context in
                    guard let buffer, let context else { return Int(CURL_READFUNC_ABORT) }
                    return Unmanaged<SMTPTransfer>.fromOpaque(context).takeUnretainedValue()
                        .read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
                }, context),
            // What the server says is for nobody to read but libcurl.
            curl_set_listener(handle, { _, size, count, _ in size * count }, context),
            curl_set_progress(
                handle,
                { context, _, _, _, _ in
                    guard let context else { return 1 }
                    return Unmanaged<SMTPTransfer>.fromOpaque(context).takeUnretainedValue().isCancelled() ? 1 : 0
                }, context),
        ]
        return codes.allSatisfy { $0 == CURLE_OK }
    }
}

/// How far a message is sent. Used by one thread.
private final class SMTPTransfer {
    private let message: [UInt8]
    private var place = 0
    let isCancelled: @Sendable () -> Bool

    init(message: [UInt8], isCancelled: @escaping @Sendable () -> Bool) {
        self.message = message
        self.isCancelled = isCancelled
    }

    /// Whether all of the message was read.
    var isSent: Bool { place == message.count }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let part = message[place..<min(message.count, place + buffer.count)]
        buffer.copyBytes(from: part)
        place += part.count
        return part.count
    }
}
