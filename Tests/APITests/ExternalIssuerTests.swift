import CivilTime
import Crypto
import ErrandCore
import ErrandHTTP
import Foundation
import HTTPTypes
import SignedTokens
import Synchronization
import TestSupport
import Testing

@Suite struct ExternalIssuerTests {
    private static let issuer = ExternalIssuer(
        issuer: "https://id.example", audience: "errand", keySetURL: "https://id.example/jwks"
    )

    private func token(_ claims: JSONObject, _ key: Curve25519.Signing.PrivateKey, kid: String = "k1") throws -> String
    {
        let header: JSONValue = ["alg": "EdDSA", "kid": .string(kid)]
        let message =
            "\(Base64URL.encode(header.serialized())).\(Base64URL.encode(JSONValue.object(claims).serialized()))"
        return "\(message).\(Base64URL.encode(try key.signature(for: Array(message.utf8))))"
    }

    private func keySet(_ key: Curve25519.Signing.PrivateKey) -> [UInt8] {
        let jwk: JSONValue = [
            "kty": "OKP", "crv": "Ed25519", "kid": "k1",
            "x": .string(Base64URL.encode(key.publicKey.rawRepresentation)),
        ]
        return JSONValue.object(["keys": [jwk]]).serialized()
    }

    @Test func `people of a trusted issuer have an account of their own`() async throws {
        let key = Curve25519.Signing.PrivateKey()
        let keys = keySet(key)
        try await TestAPI.with(issuers: [Self.issuer], download: { _ in keys }) { api in
            let now = api.clock.now().seconds
            func claims(_ changes: JSONObject = [:]) -> JSONObject {
                var claims: JSONObject = [
                    "iss": "https://id.example", "aud": ["errand", "other"], "sub": "u-1", "exp": .integer(now + 300),
                    "email": "ana@example.org",
                ]
                for change in changes.members { claims[change.name] = change.value }
                return claims
            }
            let local = try await api.token(of: "ana")
            let good = try token(claims(), key)
            let me = try await api.send(.get, "/api/v1/me", token: good)
            #expect(me.status == 200)
            let same = try await api.send(.get, "/api/v1/me", token: try token(claims(["jti": "2"]), key))
            #expect(same.json["id"] == me.json["id"], "the same person at every visit")
            let mine = try await api.send(.get, "/api/v1/me", token: local)
            #expect(mine.json["id"] != me.json["id"], "an address that another issuer claims is no proof")
            let bad: [JSONObject] = [
                claims(["iss": "https://evil.example"]), claims(["aud": "someone"]),
                claims(["exp": .integer(now - 61)]),
                claims(["nbf": .integer(now + 120)]), claims(["sub": ""]),
            ]
            for claims in bad {
                #expect(try await api.send(.get, "/api/v1/me", token: try token(claims, key)).status == 401)
            }
            let stranger = try token(claims(), Curve25519.Signing.PrivateKey())
            #expect(try await api.send(.get, "/api/v1/me", token: stranger).status == 401)
        }
    }

    @Test func `people of another issuer delete their account within ten minutes of a sign-in there`() async throws {
        let key = Curve25519.Signing.PrivateKey()
        let keys = keySet(key)
        try await TestAPI.with(issuers: [Self.issuer], download: { _ in keys }) { api in
            let now = api.clock.now().seconds
            func person(_ times: JSONObject) throws -> String {
                var claims: JSONObject = [
                    "iss": "https://id.example", "aud": "errand", "sub": "u-1", "exp": .integer(now + 3_600),
                ]
                for time in times.members { claims[time.name] = time.value }
                return try token(claims, key)
            }
            let old = try person(["iat": .integer(now - 600)])
            let me = try await api.send(.get, "/api/v1/me", token: old).json["id"]
            _ = try await api.task(old, ["title": "Secret plan"])
            let bad: [JSONObject] = [
                ["iat": .integer(now - 600)], ["auth_time": .integer(now - 600), "iat": .integer(now)], [:],
                ["iat": "now"], ["iat": .integer(now + 3_000)], ["auth_time": "x", "iat": .integer(now)],
            ]
            for times in bad {
                let refused = try await api.send(.delete, "/api/v1/me", token: try person(times))
                #expect(refused.status == 422 && refused.fields == [" required"], "\(times)")
            }
            let guess: JSONValue = ["current_password": "a quiet walk in the woods"]
            let guessed = try await api.send(.delete, "/api/v1/me", token: old, json: guess)
            #expect(guessed.fields == ["/current_password invalid_value"], "they have none")
            #expect(try await api.send(.get, "/api/v1/me", token: old).json["id"] == me, "it is all there")
            let fresh = try person(["auth_time": .integer(now - 599), "iat": .integer(now - 900)])
            #expect(try await api.send(.delete, "/api/v1/me", token: fresh).status == 204)
            for gone in [old, fresh] {
                #expect(try await api.send(.get, "/api/v1/me", token: gone).status == 401, "not made anew by itself")
            }
            #expect(try await api.events("account.deleted").count == 1)
            let again = try await api.send(.get, "/api/v1/me", token: try person(["iat": .integer(now + 1)]))
            #expect(again.status == 200 && again.json["id"] != me, "whoever signs in again begins anew")
        }
    }

    @Test func `an unknown key makes us look again, but not more than once a minute`() async throws {
        let key = Curve25519.Signing.PrivateKey()
        let keys = keySet(key)
        let downloads = Downloads()
        try await TestAPI.with(
            issuers: [Self.issuer],
            download: { _ in
                downloads.count.withLock { $0 += 1 }
                return keys
            }
        ) { api in
            let expiry = JSONValue.integer(api.clock.now().seconds + 3000)
            let claims: JSONObject = ["iss": "https://id.example", "aud": "errand", "sub": "u", "exp": expiry]
            for _ in 0..<5 {
                let unknown = try token(claims, key, kid: "other")
                #expect(try await api.send(.get, "/api/v1/me", token: unknown).status == 401)
            }
            #expect(downloads.count.withLock { $0 } == 1)
            api.clock.advance(by: .seconds(61))
            _ = try await api.send(.get, "/api/v1/me", token: try token(claims, key, kid: "other"))
            #expect(downloads.count.withLock { $0 } == 2)
        }
    }
}

private final class Downloads: Sendable {
    let count = Mutex(0)
}
