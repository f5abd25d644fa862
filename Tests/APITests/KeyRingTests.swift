import CivilTime
import ErrandCore
import SQLStore
import SQLiteDriver
import SignedTokens
import TestSupport
import Testing
import WebPush

@Suite struct KeyRingTests {
    @Test func `keys are announced before they sign and kept until their tokens have expired`() async throws {
        let clock = ManualClock()
        let database = try SQLiteDatabase.open(.memory) { _ in }
        let environment = ErrandCore.Environment(
            store: try await SQLStore.open(over: database) { _ in }, now: clock.now,
            makeID: { _ in UserID.make().value },
            randomBytes: { count in (0..<count).map { _ in .random(in: 0...255) } }
        )
        let keyRing = KeyRing(environment: environment)
        let tokens = AccessTokens(keyRing: keyRing, issuer: "http://localhost", environment: environment)
        func published() -> [String] { keyRing.keySet["keys"]?.array?.compactMap { $0["kid"]?.string } ?? [] }
        func signer() throws -> String? {
            let user = User.make()
            let token = try tokens.make(for: SignedIn(user: user, session: .make(user: user.id)))
            let header = Base64URL.decode(String(token.prefix { $0 != "." })) ?? []
            return try JSONValue.parse(header)["kid"]?.string
        }

        try await keyRing.runOnce()
        let first = try #require(published().first)
        #expect(try signer() == first, "the only key signs at once")
        try await keyRing.runOnce()
        #expect(published() == [first], "and is not replaced before its time")

        clock.advance(by: KeyRing.signingPeriod)
        try await keyRing.runOnce()
        #expect(published().count == 2)
        #expect(try signer() == first, "the next one is only announced")

        clock.advance(by: KeyRing.announcement)
        let second = try #require(published().first { $0 != first })
        #expect(try signer() == second)
        try await keyRing.runOnce()
        #expect(published().count == 2, "what the first one signed can still be checked")

        clock.advance(by: KeyRing.retirement)
        try await keyRing.runOnce()
        #expect(published() == [second])
        await database.close()
    }

    @Test func `push services know an installation by one pair for good, beside the keys for tokens`() async throws {
        let clock = ManualClock()
        let database = try SQLiteDatabase.open(.memory) { _ in }
        let environment = ErrandCore.Environment(
            store: try await SQLStore.open(over: database) { _ in }, now: clock.now,
            makeID: { _ in UserID.make().value },
            randomBytes: { count in (0..<count).map { _ in .random(in: 0...255) } }
        )
        let keyRing = KeyRing(environment: environment)
        try await keyRing.runOnce()
        let first = try await VapidKeys.kept(in: environment)
        #expect(keyRing.keySet["keys"]?.array?.count == 1)
        for period in [KeyRing.signingPeriod, KeyRing.announcement, KeyRing.retirement] {
            clock.advance(by: period)
            try await keyRing.runOnce()
        }
        #expect(try await VapidKeys.kept(in: environment).publicKey == first.publicKey)
        #expect(first.publicKey.utf8.count == 87)
        await database.close()
    }

    @Test func `another process on the same store has the same keys`() async throws {
        let clock = ManualClock()
        let database = try SQLiteDatabase.open(.memory) { _ in }
        let environment = ErrandCore.Environment(
            store: try await SQLStore.open(over: database) { _ in }, now: clock.now,
            makeID: { _ in UserID.make().value },
            randomBytes: { count in (0..<count).map { _ in .random(in: 0...255) } }
        )
        let (one, other) = (KeyRing(environment: environment), KeyRing(environment: environment))
        try await one.runOnce()
        try await other.runOnce()
        #expect(one.keySet == other.keySet)
        await database.close()
    }
}
