import CivilTime
import ErrandCore
import Testing

/// Where users can be reached, what is on its way there, and when digests come.
extension StoreConformance {
    static let deliveryCases: [Case] = [
        Case("what is told to programs is in no inbox") { try await $0.keepsOutOfInbox() },
        Case("a destination is its owner's, and one per kind and identity") { try await $0.keepsDestinations() },
        Case("who has no destination is known together, until one is added") { try await $0.looksUpOwners() },
        Case("a browser belongs to whoever subscribed it last") { try await $0.releasesBrowsers() },
        Case("a delivery is one per notification and destination") { try await $0.keepsDeliveries() },
        Case("what is due comes by kind, host and time") { try await $0.findsDueDeliveries() },
        Case("a delivery is whose change of it comes first") { try await $0.leasesDeliveries() },
        Case("what is sent again goes in its order, one after the other") { try await $0.replaysDeliveries() },
        Case("links to the address of a channel count, whoever asks") { try await $0.countsChannelLinks() },
        Case("deliveries go with their notification, and with their destination") { try await $0.removesDeliveries() },
        Case("digests come at their time") { try await $0.keepsDigests() },
    ]

    private func keepsOutOfInbox() async throws {
        let owner = try await addUser()
        let inside = Notification.make(user: owner, type: .digest, payload: ["lines": []])
        let outside = Notification.make(
            user: owner, type: .taskEvent, task: .make(), isInInbox: false, payload: ["event": ["a": 1]])
        try await store.write { (transaction) throws(ErrandError) in
            let table = transaction.notifications
            for one in [inside, outside] { expect(try table.insert(one), "it is new") }
            expectEqual(try table.find(outside.id, of: owner), outside, "all of it is kept")
            expectEqual(try table.page(of: owner, unreadOnly: false, after: nil, limit: 9), [inside], "the inbox")
            expectEqual(try table.unreadCount(of: owner), 1, "only what is in it")
            expectEqual(try table.markRead(nil, of: owner, at: .testStart), 1, "only what is in it")
            let (later, limit) = (Instant.testStart + .seconds(1), 9)
            expectEqual(
                try table.purge(before: .testStart, outsideInbox: later, limit: limit), 1,
                "what is not in it goes first")
            expectEqual(try table.find(inside.id, of: owner)?.id, inside.id, "the rest stays")
        }
    }

    private func keepsDestinations() async throws {
        let (ana, ben) = (try await addUser(), try await addUser())
        let hook = ChannelDestination.make(user: ana)
        let mail = ChannelDestination.make(user: ana, kind: .email, status: .unverified)
        try await store.write { (transaction) throws(ErrandError) in
            let table = transaction.destinations
            for one in [hook, mail, ChannelDestination.make(user: ben)] { expect(try table.insert(one), "it is new") }
            expect(try !table.insert(.make(user: ana)), "the same address of the same owner")
            expectEqual(try table.find(hook.id, of: ana), hook, "all of it")
            expectEqual(try table.find(hook.id, of: ben), nil, "nobody else's")
            expectEqual(try table.find(.email, identity: mail.identity, of: ana), mail, "by what makes it one")
            expectEqual(try table.all(of: ana, kind: nil), [hook, mail], "in their order")
            expectEqual(try table.all(of: ana, kind: .email), [mail], "of one kind")
            var changed = hook
            changed.name = "other"
            changed.status = .failing
            changed.failures = 3
            changed.configuration["secret"] = "new"
            changed.lastResult = .init(at: .testStart, succeeded: false, reason: "It took too long.")
            try table.update(changed)
            expectEqual(try table.find(hook.id, of: ana), changed, "changed")
            expect(try !table.delete(hook.id, of: ben), "nobody removes another's")
            expect(try table.delete(hook.id, of: ana), "its owner does")
            expect(try !table.delete(hook.id, of: ana), "once")
        }
    }

    private func looksUpOwners() async throws {
        let (ana, ben) = (try await addUser(), try await addUser())
        let (hook, mail) = (ChannelDestination.make(user: ana), ChannelDestination.make(user: ben, kind: .email))
        let later = ChannelDestination.make(user: ben)
        try await store.write { (transaction) throws(ErrandError) in
            let table = transaction.destinations
            for one in [hook, mail] { _ = try table.insert(one) }
            expectEqual(try table.lookUp(.webhook, of: [ana, ben, .make(), ben]), [ana], "who has one, of all")
            try transaction.accounts.hold([ben, ana, .make(), ben])
            expectEqual(try table.all(of: ana, kind: .webhook), [hook], "who has one")
            expectEqual(try table.all(of: ben, kind: .webhook), [], "who has none")
            expectEqual(try table.all(of: ben, kind: nil), [mail], "of that kind")
            try? transaction.attempt { () throws(ErrandError) in
                _ = try table.insert(later)
                expectEqual(try table.all(of: ben, kind: .webhook), [later], "within an attempt")
                throw .cancelled
            }
            expectEqual(try table.all(of: ben, kind: .webhook), [], "taken back")
            _ = try table.insert(later)
            expectEqual(try table.all(of: ben, kind: .webhook), [later], "added")
        }
    }

    private func releasesBrowsers() async throws {
        let (ana, ben) = (try await addUser(), try await addUser())
        let first = ChannelDestination.make(user: ana, kind: .webPush)
        let second = ChannelDestination.make(user: ben, kind: .webPush)
        try await store.write { (transaction) throws(ErrandError) in
            let table = transaction.destinations
            expect(try table.insert(first), "ana's")
            try table.releaseFromOthers(.webPush, identity: first.identity, but: ana)
            expectEqual(try table.all(of: ana, kind: nil), [first], "it stays with whoever has it")
            try table.releaseFromOthers(.webPush, identity: second.identity, but: ben)
            expect(try table.insert(second), "ben's now")
            expectEqual(try table.all(of: ana, kind: nil), [], "and no longer ana's")
        }
    }

    private func add(
        _ kind: ChannelKind = .webhook, hosts: [String] = ["a.example"], of owner: UserID
    ) async throws -> (Notification, [ChannelDestination], [Delivery]) {
        let notification = Notification.make(user: owner)
        let destinations = hosts.enumerated().map {
            ChannelDestination.make(user: owner, kind: kind, name: "d\($0.offset)", host: $0.element)
        }
        let deliveries = destinations.enumerated().map {
            Delivery.make(of: notification, to: $0.element, nextAt: .testStart + .seconds(Int64($0.offset)))
        }
        try await store.write { (transaction) throws(ErrandError) in
            try transaction.notifications.insert(notification)
            for one in destinations { _ = try transaction.destinations.insert(one) }
            try transaction.deliveries.insert(deliveries)
        }
        return (notification, destinations, deliveries)
    }

    private func keepsDeliveries() async throws {
        let (ana, ben) = (try await addUser(), try await addUser())
        let (notification, destinations, deliveries) = try await add(hosts: ["a.example", "b.example"], of: ana)
        try await store.write { (transaction) throws(ErrandError) in
            let table = transaction.deliveries
            try table.insert([.make(of: notification, to: destinations[0])])
            expectEqual(try table.all(of: notification.id, owner: ana), deliveries, "each once")
            expectEqual(try table.all(of: notification.id, owner: ben), [], "nobody else's")
            expectEqual(try table.find(deliveries[1].id, of: ana), deliveries[1], "by its id")
            expectEqual(try table.find(deliveries[1].id, of: ben), nil, "nobody else's")
            let backlog = DeliveryBacklog(kind: .webhook, count: 2, oldest: .testStart)
            expectEqual(try table.backlog(), [backlog], "what is open")
            var done = deliveries[0]
            (done.state, done.nextAt, done.endedAt, done.reason) = (.delivered, nil, .testStart, "201")
            (done.attempts, done.lastAttemptAt, done.isShortened) = (2, .testStart, true)
            expect(try table.save(done, replacing: deliveries[0]), "it was so")
            expectEqual(try table.find(done.id, of: ana), done, "all of it")
            expectEqual(try table.backlog().first?.count, 1, "the other one")
        }
    }

    private func findsDueDeliveries() async throws {
        let owner = try await addUser()
        let (notification, destinations, deliveries) = try await add(
            hosts: ["a.example", "a.example", "b.example"], of: owner)
        _ = try await add(.ntfy, of: owner)
        try await store.read { (transaction) throws(ErrandError) in
            let table = transaction.deliveries
            let due = zip(deliveries, destinations).map {
                DueDelivery(delivery: $0, notification: notification, destination: $1)
            }
            let (now, later) = (Instant.testStart + .seconds(1), Instant.testStart + .hours(1))
            expectEqual(try table.due(.webhook, at: now, except: [], limit: 9), Array(due[0...1]), "by then")
            expectEqual(try table.due(.webhook, at: later, except: [], limit: 2), Array(due[0...1]), "so many")
            expectEqual(try table.due(.webhook, at: later, except: ["a.example"], limit: 2), [due[2]], "but of a host")
            expectEqual(try table.due(.email, at: later, except: [], limit: 2), [], "of another kind")
            expectEqual(try table.nextInstant(.webhook, except: []), .testStart, "the next")
            expectEqual(try table.nextInstant(.webhook, except: ["a.example"]), deliveries[2].nextAt, "but of a host")
            expectEqual(try table.nextInstant(.email, except: []), nil, "none")
        }
    }

    private func leasesDeliveries() async throws {
        let owner = try await addUser()
        let before = try await add(of: owner).2[0]
        var taken = before
        (taken.state, taken.attempts, taken.nextAt) = (.sending, 1, .testStart + .seconds(40))
        var done = taken
        (done.state, done.nextAt, done.endedAt) = (.delivered, nil, .testStart)
        let (first, next) = (taken, done)
        try await store.write { (transaction) throws(ErrandError) in
            let table = transaction.deliveries
            expect(try table.save(first, replacing: before), "the first gets it")
            expect(try !table.save(first, replacing: before), "the second does not")
            expectEqual(try table.due(.webhook, at: .testStart, except: [], limit: 9), [], "it is leased")
            expectEqual(
                try table.due(.webhook, at: .testStart + .minutes(1), except: [], limit: 9).map(\.delivery), [first],
                "until the lease ends")
            expect(try table.save(next, replacing: first), "and ends")
            expect(try !table.save(first, replacing: first), "for good")
        }
    }

    private func replaysDeliveries() async throws {
        let (owner, other) = (try await addUser(), try await addUser())
        let hook = ChannelDestination.make(user: owner)
        let told = (0..<4).map { Notification.make(user: owner, type: $0 == 1 ? .test : .taskEvent, title: "\($0)") }
        let deliveries = told.enumerated().map { index, one in
            Delivery.make(of: one, to: hook, state: index == 3 ? .skipped : .delivered, attempts: 1, nextAt: nil)
        }
        try await store.write { (transaction) throws(ErrandError) in
            let table = transaction.deliveries
            _ = try transaction.destinations.insert(hook)
            for one in told { try transaction.notifications.insert(one) }
            try table.insert(deliveries)
            func ended(
                after id: DeliveryID?, of owner: UserID = owner, limit: Int = 9
            ) throws(ErrandError) -> [Delivery]? {
                try table.ended(to: hook.id, of: owner, after: id, limit: limit)?.map(\.delivery)
            }
            expectEqual(try ended(after: nil), [deliveries[0], deliveries[2]], "no tests, and what was sent")
            expectEqual(try ended(after: nil, limit: 1), [deliveries[0]], "so many")
            expectEqual(try ended(after: deliveries[1].id), [deliveries[2]], "after a place")
            expectEqual(try ended(after: .make()), nil, "there is no such place")
            expectEqual(try ended(after: deliveries[0].id, of: other), nil, "nobody else's")
            let plan = DeliveryPlan(at: .testStart + .hours(1))
            let again = [deliveries[2], deliveries[0]].map { plan.replay($0, of: .taskEvent) }
            for one in again { expect(try table.restart(one), "it had ended") }
            expect(try !table.restart(again[0]), "it is under way")
            expectEqual(try table.replays(to: hook.id, of: owner), 2, "under way")
            expectEqual(try table.replays(to: hook.id, of: other), 0, "nobody else's")
            func due() throws(ErrandError) -> [Delivery] {
                try table.due(.webhook, at: .testStart + .hours(2), except: [], limit: 9).map(\.delivery)
            }
            expectEqual(try due(), [again[1]], "the first alone, with all that it begins anew with")
            var waiting = again[1]
            (waiting.state, waiting.attempts, waiting.nextAt) = (.waiting, 1, .testStart + .hours(3))
            expect(try table.save(waiting, replacing: again[1]), "it is tried again later")
            expectEqual(try due(), [], "the second waits for its end")
            expectEqual(try table.nextInstant(.webhook, except: []), waiting.nextAt, "and is not looked for before")
            var done = waiting
            (done.state, done.nextAt, done.endedAt) = (.delivered, nil, .testStart + .hours(3))
            expect(try table.save(done, replacing: waiting), "it ends")
            expectEqual(try due(), [again[0]], "the second's turn")
        }
    }

    private func countsChannelLinks() async throws {
        let (ana, ben) = (try await addUser(), try await addUser())
        let channels = [DestinationID.make(), .make(), .make()]
        guard let upper = EmailAddress("Shared@Example.net"), let lower = EmailAddress("shared@example.net") else {
            return
        }
        func token(
            _ user: UserID, _ address: EmailAddress, _ purpose: MailToken.Purpose, _ id: DestinationID?
        ) -> MailToken {
            MailToken(
                userID: user, purpose: purpose, address: address, expiresAt: .testStart + .hours(1), destinationID: id)
        }
        let tokens = [
            token(ana, upper, .channel, channels[0]), token(ana, lower, .channel, channels[1]),
            token(ben, lower, .channel, channels[2]), token(ben, lower, .address, nil),
        ]
        try await store.write { (transaction) throws(ErrandError) in
            let table = transaction.mailTokens
            for (index, one) in tokens.enumerated() {
                try table.insert(one, hash: Array(repeating: UInt8(index), count: 32))
            }
            expectEqual(try table.find(hash: Array(repeating: 0, count: 32)), tokens[0], "all of it")
            expectEqual(try table.find(hash: Array(repeating: 3, count: 32)), tokens[3], "all of it")
            expectEqual(try table.count(to: upper, for: .channel, at: .testStart), 3, "of everybody, however spelt")
            expectEqual(try table.count(to: upper, for: .channel, at: .testStart + .hours(1)), 0, "while they are good")
            expectEqual(try table.count(of: ana, for: .channel, at: .testStart), 2, "hers")
            try table.deleteAll(for: channels[0], of: ben)
            try table.deleteAll(for: channels[1], of: ana)
            expectEqual(try table.count(of: ana, for: .channel, at: .testStart), 1, "of one channel of one's own")
        }
    }

    private func removesDeliveries() async throws {
        let owner = try await addUser()
        let (first, destinations, _) = try await add(hosts: ["a.example", "b.example"], of: owner)
        try await store.write { (transaction) throws(ErrandError) in
            expect(try transaction.destinations.delete(destinations[0].id, of: owner), "it was there")
            expectEqual(try transaction.deliveries.all(of: first.id, owner: owner).count, 1, "the other's")
            expect(try transaction.notifications.delete(first.id, of: owner), "it was there")
            expectEqual(try transaction.deliveries.backlog(), [], "nothing is left")
        }
    }

    private func keepsDigests() async throws {
        let (ana, ben) = (try await addUser(), try await addUser())
        try await store.write { (transaction) throws(ErrandError) in
            let table = transaction.digests
            expectEqual(try table.nextInstant(), nil, "nobody wants one")
            try table.set(.testStart + .hours(1), for: ana)
            try table.set(.testStart, for: ana)
            try table.set(.testStart + .hours(2), for: ben)
            expectEqual(try table.nextInstant(), .testStart, "the next")
            expectEqual(try table.due(at: .testStart, limit: 9), [DueDigest(userID: ana, at: .testStart)], "ana's")
            expectEqual(try table.due(at: .testStart + .days(1), limit: 1).map(\.userID), [ana], "the longest due")
            try table.set(nil, for: ana)
            expectEqual(try table.due(at: .testStart + .days(1), limit: 9).map(\.userID), [ben], "the other's")
        }
    }
}
