public import CivilTime
import Crypto
import Foundation

/// Signs webhooks by which receivers know that they are ours, whole and new (Standard Webhooks, `v1`).
public enum WebhookSignature {
    /// How far the clock of a receiver may be from ours.
    public static let tolerance = Duration.minutes(5)
    /// Signatures of one webhook: of the newest secret, and of those that it takes the place of.
    public static let secretsMax = 4

    /// The three fields of a webhook.
    ///
    /// - Parameters:
    ///   - id: of what is told, the same at every attempt, so that a receiver knows a repetition.
    ///   - now: of this attempt.
    ///   - secrets: while a secret is being replaced, both; the newest first.
    public static func fields(
        id: String, at now: Instant, body: [UInt8], secrets: [WebhookSecret]
    ) -> [(name: String, value: String)] {
        let timestamp = String(now.seconds)
        let signatures = secrets.prefix(secretsMax).map { secret in
            "v1," + Data(code(id: id, timestamp: timestamp, body: body, secret)).base64EncodedString()
        }
        return [
            ("webhook-id", id), ("webhook-timestamp", timestamp),
            ("webhook-signature", signatures.joined(separator: " ")),
        ]
    }

    /// Whether one of `secrets` signed the webhook, not long ago.
    ///
    /// - Parameter signature: the field `webhook-signature`.
    public static func isValid(
        _ signature: String, id: String, timestamp: String, body: [UInt8], secrets: [WebhookSecret], at now: Instant
    ) -> Bool {
        guard let seconds = Int64(timestamp), seconds >= 0, seconds < 253_402_300_800 else { return false }
        let age = now - Instant(seconds: seconds)
        guard age <= tolerance, age >= .zero - tolerance else { return false }
        return signature.split(separator: " ").prefix(secretsMax * 2).contains { one in
            guard one.hasPrefix("v1,"), let sent = Data(base64Encoded: String(one.dropFirst(3))) else { return false }
            return secrets.contains { secret in
                HMAC<SHA256>.isValidAuthenticationCode(
                    sent, authenticating: message(id: id, timestamp: timestamp, body: body),
                    using: SymmetricKey(data: secret.key)
                )
            }
        }
    }

    private static func code(id: String, timestamp: String, body: [UInt8], _ secret: WebhookSecret) -> [UInt8] {
        let key = SymmetricKey(data: secret.key)
        return Array(
            HMAC<SHA256>.authenticationCode(for: message(id: id, timestamp: timestamp, body: body), using: key)
        )
    }

    private static func message(id: String, timestamp: String, body: [UInt8]) -> [UInt8] {
        Array("\(id).\(timestamp).".utf8) + body
    }
}
