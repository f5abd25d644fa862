import NIOCore

/// The frames of one message so far.
struct FragmentedMessage: Sendable {
    private var bytes = ByteBuffer()
    private var fragmentCount = 0

    mutating func append(_ payload: ByteBuffer, limits: WebSocketConfiguration) throws(WebSocketFailure) {
        fragmentCount += 1
        guard fragmentCount <= limits.fragmentsMax else {
            throw WebSocketFailure(code: .policyViolation, reason: "more than \(limits.fragmentsMax) fragments")
        }
        guard bytes.readableBytes + payload.readableBytes <= limits.messageBytesMax else {
            throw WebSocketFailure(
                code: .messageTooBig, reason: "message longer than \(limits.messageBytesMax) bytes"
            )
        }
        if fragmentCount == 1 {
            bytes = payload
        } else {
            bytes.writeImmutableBuffer(payload)
        }
    }

    /// The whole message. Only it must be UTF-8: a character may be split between fragments (RFC 6455 section 5.6).
    func text() throws(WebSocketFailure) -> String {
        guard let text = String(validating: bytes.readableBytesView, as: UTF8.self) else {
            throw WebSocketFailure(code: .invalidPayload, reason: "text is not UTF-8")
        }
        return text
    }
}
