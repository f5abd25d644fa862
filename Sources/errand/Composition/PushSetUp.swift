import APIService
import ErrandCore
import Logging
import PushChannels
import WebPush

/// The channels over HTTP, and what browsers are offered.
struct PushSetUp: Sendable {
    let channels: [any NotificationChannel]
    let offer: PushOffer

    /// - Throws: when the key pair can be neither read nor made.
    init(_ configuration: ServerConfiguration, environment: Environment, logger: Logger) async throws {
        let calls = ChannelCalls(privateHosts: configuration.privateHosts, now: environment.now)
        var channels: [any NotificationChannel] = [
            WebhookChannel(publicURL: configuration.publicURL, calls: calls, now: environment.now),
            NtfyChannel(publicURL: configuration.publicURL, calls: calls),
        ]
        if let contact = configuration.vapidContact {
            let keys =
                if let given = configuration.vapidKeys { given } else { try await VapidKeys.kept(in: environment) }
            let signer = VapidSigner(keys: keys, contact: contact, now: environment.now)
            channels.append(WebPushChannel(signer: signer, publicURL: configuration.publicURL, calls: calls))
            offer = .key(keys.publicKey)
        } else {
            offer = .off(
                reason: "Push is not set up: push services want a contact. The operator can give one as "
                    + "ERRAND_VAPID_CONTACT, or an https address as ERRAND_PUBLIC_URL."
            )
            logger.notice("Push is off until ERRAND_VAPID_CONTACT, or an https ERRAND_PUBLIC_URL, is set")
        }
        self.channels = channels
    }
}
