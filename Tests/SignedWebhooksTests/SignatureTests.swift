import CivilTime
import Foundation
import SignedWebhooks
import Testing

@Suite struct SignatureTests {
    private let now = Instant(seconds: 1_614_265_330)
    private let body = Array(#"{"test": 2432232314}"#.utf8)

    private func secret(_ text: String = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw") throws -> WebhookSecret {
        try #require(WebhookSecret(text))
    }

    private func field(_ name: String, _ fields: [(name: String, value: String)]) -> String {
        fields.first { $0.name == name }?.value ?? ""
    }

    @Test func `the signature is that of the specification's example`() throws {
        let fields = WebhookSignature.fields(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek", at: now, body: body, secrets: [try secret()]
        )
        #expect(fields.map(\.name) == ["webhook-id", "webhook-timestamp", "webhook-signature"])
        #expect(field("webhook-id", fields) == "msg_p5jXN8AQM9LWM0D4loKWxJek")
        #expect(field("webhook-timestamp", fields) == "1614265330")
        #expect(field("webhook-signature", fields) == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test func `while a secret is replaced, both sign`() throws {
        let (old, new) = (try secret(), try #require(WebhookSecret(key: [UInt8](repeating: 7, count: 32))))
        let fields = WebhookSignature.fields(id: "m", at: now, body: body, secrets: [new, old])
        let signature = field("webhook-signature", fields)
        #expect(signature.split(separator: " ").count == 2)
        for known in [[old], [new], [old, new]] {
            #expect(
                WebhookSignature.isValid(
                    signature, id: "m", timestamp: field("webhook-timestamp", fields), body: body, secrets: known,
                    at: now
                )
            )
        }
    }

    @Test func `another body, id, time or secret is noticed`() throws {
        let secrets = [try secret()]
        let signature = field(
            "webhook-signature", WebhookSignature.fields(id: "m", at: now, body: body, secrets: secrets))
        func isValid(
            _ signature: String, id: String = "m", timestamp: String = "1614265330", body: [UInt8]? = nil,
            secrets: [WebhookSecret]? = nil, after age: Duration = .zero
        ) throws -> Bool {
            WebhookSignature.isValid(
                signature, id: id, timestamp: timestamp, body: body ?? self.body,
                secrets: try secrets ?? [secret()], at: now + age
            )
        }
        #expect(try isValid(signature))
        #expect(try isValid(signature, after: .minutes(5)))
        #expect(try isValid("v0,AAAA v1a,BBBB \(signature)"), "versions that are not known are passed over")
        #expect(try !isValid(signature, after: .minutes(5) + .seconds(1)))
        #expect(try !isValid(signature, after: .seconds(-301)))
        #expect(try !isValid(signature, id: "n"))
        #expect(try !isValid(signature, timestamp: "1614265331"))
        #expect(try !isValid(signature, timestamp: "99999999999999999999"))
        #expect(try !isValid(signature, timestamp: "now"))
        #expect(try !isValid(signature, body: body + [0x20]))
        #expect(
            try !isValid(signature, secrets: [secret("whsec_" + Data(repeating: 1, count: 24).base64EncodedString())]))
        #expect(try !isValid("v1,"))
        #expect(try !isValid(""))
        #expect(try !isValid(signature.replacing("v1,", with: "v2,")))
    }

    @Test func `secrets have 24 to 64 bytes and are not written into logs`() throws {
        for count in [24, 32, 64] {
            let secret = try #require(WebhookSecret(key: [UInt8](repeating: 9, count: count)))
            #expect(WebhookSecret(secret.text) == secret)
            #expect("\(secret)" == "whsec_…")
        }
        for count in [0, 23, 65] { #expect(WebhookSecret(key: [UInt8](repeating: 9, count: count)) == nil) }
        for text in ["", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS!"] {
            #expect(WebhookSecret(text) == nil)
        }
    }
}
