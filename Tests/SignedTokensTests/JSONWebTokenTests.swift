import CivilTime
import Crypto
import ErrandCore
import SignedTokens
import Testing

@Suite struct JSONWebTokenTests {
    private let key = P256.Signing.PrivateKey()

    private func header(_ text: String) throws -> JSONValue {
        try JSONValue.parse(Base64URL.decode(String(text.prefix { $0 != "." })) ?? [])
    }

    /// A token with any header, signed with ES256.
    private func token(_ header: JSONValue, _ claims: JSONValue) throws -> String {
        let message = [header, claims].map { Base64URL.encode($0.serialized()) }.joined(separator: ".")
        return "\(message).\(Base64URL.encode(try key.signature(for: Array(message.utf8)).rawRepresentation))"
    }

    @Test func `what is signed can be checked by whoever has the public key`() throws {
        let claims: JSONValue = ["iss": "us", "aud": ["a", "b"], "exp": 2000, "nbf": 1000]
        let text = try JSONWebToken.text(type: "at+jwt", keyID: "k", claims: claims, signedBy: key)
        #expect(try header(text) == ["alg": "ES256", "typ": "at+jwt", "kid": "k"])
        let token = try #require(JSONWebToken(text))
        #expect(token.isSigned(by: .es256(key.publicKey)))
        #expect(!token.isSigned(by: .es256(P256.Signing.PrivateKey().publicKey)))
        #expect(token.type == "at+jwt" && token.keyID == "k" && token.claims == claims.object)
        #expect(token.isMeant(for: "a") && token.isMeant(for: "b") && !token.isMeant(for: "c"))
        #expect(token.expiry == Instant(seconds: 2000))
    }

    @Test func `a token of VAPID names no key`() throws {
        let text = try JSONWebToken.text(
            type: "JWT", keyID: nil, claims: ["aud": "https://push.example", "exp": 1, "sub": "mailto:a@example.org"],
            signedBy: key
        )
        #expect(try header(text) == ["alg": "ES256", "typ": "JWT"])
        // RFC 8292 §2 leaves nothing to add; RFC 7518 §3.4 wants 64 bytes.
        #expect(Base64URL.decode(String(text.split(separator: ".")[2]))?.count == 64)
    }

    @Test func `a token is current from nbf until exp, give or take the skew`() throws {
        let text = try token(["alg": "ES256"], ["nbf": 1000, "exp": 2000])
        let token = try #require(JSONWebToken(text))
        func isCurrent(_ seconds: Int64, _ skew: Int64 = 0) -> Bool {
            token.isCurrent(at: Instant(seconds: seconds), skew: .seconds(skew))
        }
        #expect(!isCurrent(999) && isCurrent(1000) && isCurrent(1999) && !isCurrent(2000))
        #expect(isCurrent(940, 60) && !isCurrent(939, 60) && isCurrent(2059, 60) && !isCurrent(2060, 60))
        let endless = try #require(JSONWebToken(try self.token(["alg": "ES256"], ["nbf": 0])))
        #expect(!endless.isCurrent(at: Instant(seconds: 10), skew: .zero))
    }

    @Test(arguments: ["none", "HS256", "RS256", "es256", ""])
    func `the key decides the algorithm`(algorithm: String) throws {
        let text = try token(["alg": .string(algorithm)], ["exp": 2000])
        let token = try #require(JSONWebToken(text))
        #expect(!token.isSigned(by: .es256(key.publicKey)))
        #expect(!token.isSigned(by: .hs256(SymmetricKey(data: key.publicKey.rawRepresentation))))
    }

    @Test func `what was changed after it was signed is not believed`() throws {
        let parts = try token(["alg": "ES256"], ["sub": "ana"]).split(separator: ".")
        let other = Base64URL.encode(JSONValue.object(["sub": "ben"]).serialized())
        let token = try #require(JSONWebToken("\(parts[0]).\(other).\(parts[2])"))
        #expect(!token.isSigned(by: .es256(key.publicKey)))
    }

    @Test func `what is no token is not looked at`() throws {
        let good = try token(["alg": "ES256"], ["sub": "ana"])
        #expect(JSONWebToken(good) != nil)
        for text in ["", "a.b.c", good + ".", "." + good, good + "=", String(good.dropLast(90)), "\(good).\(good)"] {
            #expect(JSONWebToken(text) == nil)
        }
        let critical = try token(["alg": "ES256", "crit": ["b64"]], [:])
        #expect(JSONWebToken(critical) == nil)
        let name = String(repeating: "x", count: JSONWebToken.sizeBytesMax)
        let long = try token(["alg": "ES256"], ["sub": .string(name)])
        #expect(JSONWebToken(long) == nil)
    }
}
