import CivilTime
public import ErrandCore
import HTTPCalls
public import WebPush

/// Sends to browsers and apps through the push services that they have chosen (RFC 8030).
public struct WebPushChannel: NotificationChannel {
    /// Push services keep nothing for longer (RFC 8030 §5.2 lets them choose; four weeks is what they choose).
    private static let timeToLiveMax: Int64 = 2_419_200

    public let kind = ChannelKind.webPush
    private let signer: VapidSigner
    private let publicURL: String
    private let calls: ChannelCalls

    /// - Parameter publicURL: where people reach this installation, without a slash at its end.
    public init(signer: VapidSigner, publicURL: String, calls: ChannelCalls) {
        self.signer = signer
        self.publicURL = publicURL
        self.calls = calls
    }

    public func send(
        _ message: OutgoingMessage, to destination: ChannelDestination, attempt: DeliveryAttempt
    ) async -> DeliveryOutcome {
        let configuration = destination.configuration
        let subscription: PushSubscription
        do {
            subscription = try PushSubscription(
                endpoint: configuration["endpoint"]?.string ?? "", publicKey: configuration["p256dh"]?.string ?? "",
                secret: configuration["auth"]?.string ?? ""
            )
        } catch {
            return .misconfigured(reason: "\(error)")
        }
        guard let call = call(message, to: subscription) else {
            return .rejected(reason: "The message could not be encrypted.")
        }
        switch await calls.post(call, by: attempt.deadline) {
        case .success(let answer):
            // Whatever was wrong with the token, the next attempt has a new one.
            if [401, 403].contains(answer.status) { signer.forget(subscription.origin) }
            return AnswerTable.webPush(answer, isShort: message.isShort)
        case .failure(let error): return AnswerTable.failure(error)
        }
    }

    private func call(_ message: OutgoingMessage, to subscription: PushSubscription) -> HTTPCall? {
        let plain = WebPushPayload.bytes(message, publicURL: publicURL, upTo: PushEncryption.messageBytesMax)
        guard let body = try? PushEncryption.seal(plain, for: subscription),
            let authorization = try? signer.authorization(for: subscription)
        else { return nil }
        let seconds = min(max(message.timeToLive.components.seconds, 0), WebPushChannel.timeToLiveMax)
        var headers = [
            (name: "Authorization", value: authorization), ("Content-Encoding", "aes128gcm"),
            ("Content-Type", "application/octet-stream"), ("TTL", String(seconds)),
            ("Urgency", message.urgency.rawValue), ("User-Agent", "Errand"),
        ]
        if WebPushChannel.isTopic(message.topicKey) { headers.append(("Topic", message.topicKey)) }
        return HTTPCall(subscription.endpoint, method: "POST", headers: headers, body: body)
    }

    /// At most 32 characters of the base64url alphabet (RFC 8030 §5.4).
    private static func isTopic(_ text: String) -> Bool {
        (1...32).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
                default: false
                }
            }
    }
}
