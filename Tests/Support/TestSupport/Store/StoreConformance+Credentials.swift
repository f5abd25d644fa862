import CivilTime
import ErrandCore
import Testing

extension StoreConformance.Case {
    static let credentialCases = [
        Self("a session comes back and changes") { try await $0.sessions() },
        Self("all sessions of one user are revoked but one") { try await $0.revocation() },
        Self("sessions that are over are purged in portions") { try await $0.purgeOfSessions() },
        Self("a personal token is found by its hash and belongs to its user") { try await $0.tokens() },
        Self("signing keys come newest first") { try await $0.signingKeys() },
    ]
}

extension StoreConformance {
    private func sessions() async throws {
        let owner = try await addUser()
        let session = Session.make(user: owner)
        let next = Session.make(
            id: session.id, user: owner, generation: 2, rotatedAt: .testStart + .hours(1),
            revokedAt: .testStart + .hours(2)
        )
        let found = try await store.write { (transaction) throws(ErrandError) in
            try transaction.sessions.insert(session)
            let first = try transaction.sessions.find(session.id)
            try transaction.sessions.update(next)
            return [first, try transaction.sessions.find(session.id), try transaction.sessions.find(.make())]
        }
        expectEqual(found, [session, next, nil], "before and after the change")
    }

    private func revocation() async throws {
        let (ana, ben) = (try await addUser(), try await addUser())
        let now = Instant.testStart
        let running = [Session.make(user: ana), .make(user: ana), .make(user: ana)]
        let others = [
            Session.make(user: ben), .make(user: ana, revokedAt: now - .days(1)),
            .make(user: ana, rotatedAt: now - .days(31), createdAt: now - .days(31)),
        ]
        let revoked = try await store.write { (transaction) throws(ErrandError) in
            for session in running + others { try transaction.sessions.insert(session) }
            return try transaction.sessions.revokeAll(of: ana, except: running[0].id, at: now)
        }
        expectEqual(Set(revoked), Set(running.dropFirst().map(\.id)), "the ids of those that ran")
        let after = try await store.write { (transaction) throws(ErrandError) in
            var times: [Instant?] = []
            for session in running + others { times.append(try transaction.sessions.find(session.id)?.revokedAt) }
            expectEqual(
                try transaction.sessions.revokeAll(of: ana, except: nil, at: now), [running[0].id], "the last one"
            )
            expectEqual(try transaction.sessions.revokeAll(of: .make(), except: nil, at: now), [], "of nobody")
            return times
        }
        expectEqual(after, [nil, now, now, nil, now - .days(1), nil], "others stay as they were")
    }

    private func purgeOfSessions() async throws {
        let owner = try await addUser()
        let now = Instant.testStart
        let sessions = [
            Session.make(user: owner, rotatedAt: now - .days(1), createdAt: now - .days(2)),
            .make(user: owner, rotatedAt: now - .days(31), createdAt: now - .days(31)),
            .make(user: owner, rotatedAt: now - .days(1), createdAt: now - .days(91)),
            .make(user: owner, rotatedAt: now - .days(1), createdAt: now - .days(2), revokedAt: now - .hours(1)),
        ]
        let removed = try await store.write { (transaction) throws(ErrandError) in
            for session in sessions { try transaction.sessions.insert(session) }
            return [
                try transaction.sessions.purge(before: now, limit: 2),
                try transaction.sessions.purge(before: now, limit: 2),
                try transaction.sessions.purge(before: now, limit: 2),
            ]
        }
        expectEqual(removed, [2, 1, 0], "idle, too old and revoked ones")
        let kept = try await store.read { (transaction) throws(ErrandError) in
            try transaction.sessions.find(sessions[0].id)
        }
        expectEqual(kept, sessions[0], "the one that runs stays")
    }

    private func tokens() async throws {
        let (ana, ben) = (try await addUser(), try await addUser())
        let first = PersonalToken.make(
            user: ana, scopes: Set(Scope.grantable), expiresAt: .testStart + .days(1), lastUsedAt: .testStart
        )
        let second = PersonalToken.make(user: ana, name: "Ærlig", scopes: [], createdAt: .testStart + .seconds(1))
        let hashes = (0...2).map { [UInt8](repeating: UInt8($0), count: 32) }
        try await store.write { (transaction) throws(ErrandError) in
            try transaction.tokens.insert(second, hash: hashes[1])
            try transaction.tokens.insert(first, hash: hashes[0])
            expectEqual(try transaction.tokens.find(hash: hashes[0]), first, "by hash")
            expectEqual(try transaction.tokens.find(hash: hashes[2]), nil, "by an unknown hash")
            expectEqual(try transaction.tokens.all(of: ana), [first, second], "oldest first")
            expectEqual(try transaction.tokens.all(of: ben), [], "not those of others")
            try transaction.tokens.markUsed(second.id, at: .testStart + .days(1))
            let used = try transaction.tokens.find(hash: hashes[1])?.lastUsedAt
            expectEqual(used, .testStart + .days(1), "marked as used")
            try transaction.tokens.replaceHash(hashes[2], of: second.id, at: .testStart + .days(2))
            expectEqual(try transaction.tokens.find(hash: hashes[1]), nil, "another secret, so not by the old one")
            expectEqual(
                try transaction.tokens.find(hash: hashes[2])?.lastUsedAt, .testStart + .days(2), "by the new one")
            try transaction.tokens.replaceHash(hashes[1], of: second.id, at: .testStart + .days(2))
            expectEqual(try transaction.tokens.delete(first.id, of: ben), false, "nobody deletes another's")
            expectEqual(try transaction.tokens.delete(first.id, of: ana), true, "their own they do")
            expectEqual(try transaction.tokens.delete(first.id, of: ana), false, "once")
            expectEqual(try transaction.tokens.find(hash: hashes[0]), nil, "gone")
        }
        await expectFailure(.unavailable, "one secret stands for one token") { () throws(ErrandError) in
            try await store.write { (transaction) throws(ErrandError) in
                try transaction.tokens.insert(.make(user: ben), hash: hashes[1])
            }
        }
    }

    private func signingKeys() async throws {
        let keys = [
            SigningKey(id: "old", purpose: .accessToken, secret: [0, 255, 10], createdAt: .testStart),
            SigningKey(id: "new", purpose: .refreshToken, secret: [1], createdAt: .testStart + .seconds(1)),
            SigningKey(id: "push", purpose: .push, secret: [2, 0], createdAt: .testStart - .seconds(1)),
        ]
        let found = try await store.write { (transaction) throws(ErrandError) in
            for key in keys { try transaction.signingKeys.insert(key) }
            let all = try transaction.signingKeys.all()
            try transaction.signingKeys.delete("old")
            return [all, try transaction.signingKeys.all()]
        }
        expectEqual(
            found, [[keys[1], keys[0], keys[2]], [keys[1], keys[2]]], "newest first, then without the deleted one")
    }
}
