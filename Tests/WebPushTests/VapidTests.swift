import CivilTime
import Crypto
import ErrandCore
import Foundation
import SignedTokens
import Synchronization
import Testing
import WebPush

@Suite struct VapidTests {
    private final class Clock: Sendable {
        private let instant = Mutex(Instant(seconds: 1_800_000_000))
        var now: Instant { instant.withLock { $0 } }
        func advance(by duration: Duration) { instant.withLock { $0 = $0 + duration } }
    }

    private func subscription(_ endpoint: String) throws -> PushSubscription {
        try PushSubscription(endpoint: endpoint, publicKey: Example.receiverPublic, secret: Example.secret)
    }

    private func signer(_ keys: VapidKeys = VapidKeys(), _ clock: Clock = Clock()) throws -> VapidSigner {
        VapidSigner(keys: keys, contact: try #require(VapidContact("mailto:push@example.com"))) { clock.now }
    }

    /// Token and key of the field.
    private func parts(_ field: String) throws -> (token: String, key: String) {
        let match = try #require(field.wholeMatch(of: /vapid t=([A-Za-z0-9._-]+), k=([A-Za-z0-9_-]+)/))
        return (String(match.1), String(match.2))
    }

    @Test func `a push service can tell who sends`() throws {
        let (keys, clock) = (VapidKeys(), Clock())
        let field = try signer(keys, clock).authorization(for: subscription("https://push.example.net:8443/a/b?c"))
        let (text, key) = try parts(field)
        #expect(key == keys.publicKey)
        let token = try #require(JSONWebToken(text))
        let point = try #require(Base64URL.decode(key))
        #expect(point.count == 65 && point[0] == 0x04)
        #expect(token.isSigned(by: .es256(try P256.Signing.PublicKey(x963Representation: point))))
        #expect(token.type == "JWT" && token.algorithm == "ES256" && token.keyID == nil)
        #expect(token.claims["aud"] == "https://push.example.net:8443")
        #expect(token.claims["sub"] == "mailto:push@example.com")
        #expect(token.claims["exp"] == .integer(1_800_000_000 + 12 * 3600))
        let signature = try #require(text.split(separator: ".").last.flatMap { Base64URL.decode(String($0)) })
        #expect(signature.count == 64, "R and S, not DER")
    }

    @Test func `a token is used again until its last hour, and only for its origin`() throws {
        let clock = Clock()
        let signer = try signer(VapidKeys(), clock)
        let (first, other) = (try subscription("https://a.example.net/1"), try subscription("https://b.example.net/1"))
        let field = try signer.authorization(for: first)
        clock.advance(by: .hours(11))
        #expect(try signer.authorization(for: subscription("https://a.example.net/2")) == field)
        #expect(try signer.authorization(for: other) != field)
        clock.advance(by: .milliseconds(1))
        let next = try signer.authorization(for: first)
        #expect(next != field)
        let token = try #require(JSONWebToken(try parts(next).token))
        #expect(token.claims["exp"] == .integer(clock.now.seconds + 12 * 3600))
        signer.forget(first.origin)
        clock.advance(by: .seconds(2))
        #expect(try signer.authorization(for: first) != next)
    }

    @Test func `any number of push services is bearable`() throws {
        let signer = try signer()
        let first = try signer.authorization(for: subscription("https://n0.example.net/"))
        for number in 1..<400 { _ = try signer.authorization(for: subscription("https://n\(number).example.net/")) }
        #expect(try parts(signer.authorization(for: subscription("https://n0.example.net/"))).key == parts(first).key)
    }

    @Test func `a pair is read as it was written, and only whole`() throws {
        let keys = VapidKeys()
        let secret = Base64URL.encode(keys.secret)
        #expect(keys.secret.count == 32)
        #expect(VapidKeys(publicKey: keys.publicKey, privateKey: secret)?.publicKey == keys.publicKey)
        #expect(VapidKeys(publicKey: keys.publicKey + "=", privateKey: secret + "=")?.publicKey == keys.publicKey)
        #expect(VapidKeys(secret: keys.secret)?.publicKey == keys.publicKey)
        #expect(VapidKeys(publicKey: VapidKeys().publicKey, privateKey: secret) == nil, "another pair's")
        for wrong in ["", "a", "!", Base64URL.encode([UInt8](repeating: 0, count: 32)), Base64URL.encode([1, 2, 3])] {
            #expect(VapidKeys(publicKey: keys.publicKey, privateKey: wrong) == nil)
        }
        #expect(VapidKeys(secret: [UInt8](repeating: 0xFF, count: 32)) == nil, "beyond the curve's order")
    }

    @Test(arguments: [
        "mailto:push@example.com", "https://errand.example.com", "https://errand.example.com/contact",
    ])
    func `somebody can be turned to`(text: String) {
        #expect(VapidContact(text)?.text == text)
    }

    @Test(arguments: [
        "", "push@example.com", "mailto:", "mailto:@example.com", "mailto:push@localhost", "mailto:a@b@example.com",
        "mailto:push@errand.local", "http://errand.example.com", "https://localhost", "https://localhost:8443",
        "https://127.0.0.1", "https://me@example.com", "mailto:push@example.com?subject=x", "mailto:a b@example.com",
        "https://errand.internal/", "https://errand", "mailto:push@example..com", "https://example.com/\r\n",
    ])
    func `nobody can be turned to there`(text: String) {
        #expect(VapidContact(text) == nil)
    }
}
