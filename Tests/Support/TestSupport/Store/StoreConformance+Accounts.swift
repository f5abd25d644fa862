import CivilTime
import ErrandCore
import Testing

extension StoreConformance.Case {
    static let accountCases = [
        Self("an account comes back with every field") { try await $0.roundTripOfAccounts() },
        Self("an address has one account, whatever its case") { try await $0.uniqueAddresses() },
        Self("a password is kept and replaced") { try await $0.passwords() },
        Self("an account is found by issuer and subject") { try await $0.identities() },
    ]
}

extension StoreConformance {
    private func roundTripOfAccounts() async throws {
        let zone = try #require(Zone(identifier: "America/New_York"))
        let settings = UserSettings(
            zone: zone, dayEnd: try #require(DayEnd("03:30")), allDayReminderTime: try #require(LocalTime("08:15")),
            weekStart: .sunday
        )
        var user = User.make(email: "Ana@Example.org", name: "Ana Ærlig", settings: settings)
        _ = try await addUser(user)
        let found = try await store.read { [user] (transaction) throws(ErrandError) in
            [
                try transaction.accounts.find(user.id), try transaction.accounts.find(emailKey: "ana@example.org"),
                try transaction.accounts.find(emailKey: "Ana@Example.org"),
                try transaction.accounts.find(.make()), try transaction.accounts.find(emailKey: ""),
            ]
        }
        expectEqual(found, [user, user, nil, nil, nil], "found by id and by the key of the address")
        user.email = "ana@other.example"
        user.name = ""
        user.settings = .standard(in: .utc)
        let changed = user
        let after = try await store.write { (transaction) throws(ErrandError) in
            try transaction.accounts.update(changed)
            return try transaction.accounts.find(emailKey: "ana@other.example")
        }
        expectEqual(after, changed, "changed")
        await expectFailure(.unavailable, "an unknown account cannot be updated") { () throws(ErrandError) in
            try await store.write { (transaction) throws(ErrandError) in try transaction.accounts.update(.make()) }
        }
    }

    private func uniqueAddresses() async throws {
        let first = User.make(email: "ana@example.org")
        var second = User.make(email: "ben@example.org")
        _ = try await addUser(first)
        _ = try await addUser(second)
        await expectFailure(.conflict(.emailTaken), "a new account") { () throws(ErrandError) in
            try await store.write { (transaction) throws(ErrandError) in
                try transaction.accounts.insert(.make(email: "ANA@example.org"), passwordHash: "x")
            }
        }
        second.email = "Ana@Example.Org"
        let changed = second
        await expectFailure(.conflict(.emailTaken), "a changed account") { () throws(ErrandError) in
            try await store.write { (transaction) throws(ErrandError) in try transaction.accounts.update(changed) }
        }
        let own = User.make(id: first.id, email: "ANA@example.org")
        try await store.write { (transaction) throws(ErrandError) in try transaction.accounts.update(own) }
        let without = [User.make(email: ""), User.make(email: "")]
        for user in without { _ = try await addUser(user) }
        for user in without + [own] {
            let found = try await store.read { (transaction) throws(ErrandError) in
                try transaction.accounts.find(user.id)
            }
            expectEqual(found, user, "a new spelling of one's own address is free, and so is having none")
        }
    }

    private func passwords() async throws {
        let (ana, ben) = (User.make(), User.make())
        let hashes: [String?] = try await store.write { (transaction) throws(ErrandError) in
            try transaction.accounts.insert(ana, passwordHash: "one")
            try transaction.accounts.insert(ben, passwordHash: nil)
            var hashes = [
                try transaction.accounts.passwordHash(of: ana.id), try transaction.accounts.passwordHash(of: ben.id),
                try transaction.accounts.passwordHash(of: .make()),
            ]
            try transaction.accounts.setPasswordHash("two", of: ana.id)
            try transaction.accounts.update(ana)
            hashes.append(try transaction.accounts.passwordHash(of: ana.id))
            return hashes
        }
        expectEqual(hashes, ["one", nil, nil, "two"], "the hash of each user, kept by other changes")
    }

    private func identities() async throws {
        let (ana, ben) = (User.make(), User.make())
        _ = try await addUser(ana)
        _ = try await addUser(ben)
        let found = try await store.write { (transaction) throws(ErrandError) in
            try transaction.accounts.link(issuer: "https://a.example", subject: "1", to: ana.id)
            try transaction.accounts.link(issuer: "https://b.example", subject: "1", to: ben.id)
            try transaction.accounts.link(issuer: "https://b.example", subject: "2", to: ana.id)
            return [
                try transaction.accounts.find(issuer: "https://a.example", subject: "1"),
                try transaction.accounts.find(issuer: "https://b.example", subject: "1"),
                try transaction.accounts.find(issuer: "https://b.example", subject: "2"),
                try transaction.accounts.find(issuer: "https://a.example", subject: "2"),
            ]
        }
        expectEqual(found, [ana, ben, ana, nil], "each pair leads to one account")
        await expectFailure(.unavailable, "a pair cannot lead to two") { () throws(ErrandError) in
            try await store.write { (transaction) throws(ErrandError) in
                try transaction.accounts.link(issuer: "https://a.example", subject: "1", to: ben.id)
            }
        }
    }
}
