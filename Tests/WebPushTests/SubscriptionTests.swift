import Crypto
import ErrandCore
import Foundation
import Testing
import WebPush

@Suite struct SubscriptionTests {
    private func read(
        endpoint: String = "https://push.example.net/a", publicKey: String = Example.receiverPublic,
        secret: String = Example.secret
    ) throws -> PushSubscription {
        try PushSubscription(endpoint: endpoint, publicKey: publicKey, secret: secret)
    }

    @Test func `keys are taken with padding and without`() throws {
        let padded = try read(publicKey: Example.receiverPublic + "=", secret: Example.secret + "==")
        #expect(try padded == read())
        #expect(padded.publicKey.count == 65)
        #expect(padded.secret.count == 16)
    }

    @Test(arguments: [
        ("https://push.example.net/a?b=c", "https://push.example.net"),
        ("HTTPS://Push.Example.NET:443/a", "https://push.example.net"),
        ("https://push.example.net:8443/a", "https://push.example.net:8443"),
    ])
    func `the origin is what a token is for`(endpoint: String, origin: String) throws {
        #expect(try read(endpoint: endpoint).origin == origin)
    }

    @Test(arguments: [
        "", "push.example.net/a", "http://push.example.net/a", "ftp://push.example.net/a", "https:///a",
        "https://me@push.example.net/a", "https://me:secret@push.example.net/a", "https://push.example.net/a#b",
        "https://push.example.net/a b", "https://push.example.net/\r\nHost: other", "https://push.example.net:0/",
        "https://push.example.net/ä", "https://push.example.net/" + String(repeating: "a", count: 3_000),
        "unix:///var/run/docker.sock", "https+unix://%2Fvar%2Frun/a",
    ])
    func `an address that is none to post to is refused`(endpoint: String) {
        #expect(throws: PushSubscription.Refusal.endpoint) { try read(endpoint: endpoint) }
    }

    @Test func `a key that is no point of the curve is refused`() throws {
        let point = try Example.bytes(Example.receiverPublic)
        var outside = point
        outside[64] ^= 0x01
        let compressed = try P256.KeyAgreement.PublicKey(x963Representation: point).compressedRepresentation
        let wrong: [[UInt8]] = [
            [], Array(point.dropLast()), point + [0], outside, Array(compressed),
            [0x04] + [UInt8](repeating: 0, count: 64),
            [0x06] + point.dropFirst(), [UInt8](repeating: 0xFF, count: 65), [0],
        ]
        for bytes in wrong {
            #expect(throws: PushSubscription.Refusal.publicKey) { try read(publicKey: Base64URL.encode(bytes)) }
        }
        for text in ["!", "a", Example.receiverPublic + "A", Example.receiverPublic.replacing("_", with: "/")] {
            #expect(throws: PushSubscription.Refusal.publicKey) { try read(publicKey: text) }
        }
    }

    @Test(arguments: [0, 15, 17, 32]) func `a secret of another length is refused`(count: Int) {
        #expect(throws: PushSubscription.Refusal.secret) {
            try read(secret: Base64URL.encode([UInt8](repeating: 1, count: count)))
        }
    }
}
