import CivilTime
import ErrandCore
import EventDelivery
import NotificationService
import Synchronization
import TestSupport

/// Does everything that leads to an event about an account and what belongs to it, with ids that never change.
struct OwnEvents: Sendable {
    private let environment: ErrandCore.Environment

    /// - Parameter number: of the last id before those that are made here.
    init(store: EventStore, after number: Int = 100) {
        let made = Mutex(number)
        environment = ErrandCore.Environment(
            store: store.environment.store, now: { .testStart },
            makeID: { _ in
                let number = made.withLock { made in
                    made += 1
                    return made
                }
                return (GoldenEventTests.id(number) as EventID).value
            },
            randomBytes: { count in Array(repeating: 7, count: count) }
        )
    }

    func add() async throws {
        let origin = RequestOrigin(
            via: .page, correlation: Correlation(requestID: "0198f2d4-6c1e-7a3b-9c55-3f0a4b1d2e00", traceparent: nil)
        )
        let accounts = Accounts(operations: Operations(environment: environment))
        let form = try SignUpForm([
            "email": "ana@example.org", "password": "correct horse battery", "name": "Ana",
            "time_zone": "Europe/Berlin",
        ])
        let signedIn = try await accounts.signUp(form, passwordHash: "secret-hash", from: origin)
        let (user, session) = (signedIn.user, signedIn.session)
        _ = try await accounts.startSession(for: user, newPasswordHash: nil, from: origin)
        _ = try await command(ChangePassword(passwordHash: "secret-hash-2"), of: signedIn, for: origin.correlation)
        try await command(UpdateProfile(ProfileEdit(["name": "Ana B.", "time_zone": "Asia/Tokyo"])), of: signedIn)
        let token = try await command(
            CreateToken(TokenForm(["name": "backup", "scopes": ["tasks:read"]]), hash: Array(repeating: 1, count: 32)),
            of: signedIn
        )
        try await command(DeleteToken(token.id), of: signedIn)
        let notifications = try await remind(user.id)
        _ = try await command(ReadNotification(notifications[0]), of: signedIn)
        _ = try await command(ReadAllNotifications(), of: signedIn)
        try await command(DeleteNotification(notifications[0]), of: signedIn)
        _ = try await accounts.endSession(session.id, everywhere: false, from: origin)
    }

    /// Somebody else has a channel for a while, and another with a secret that is replaced.
    func reach() async throws {
        let accounts = Accounts(operations: Operations(environment: environment))
        let form = try SignUpForm(["email": "cleo@example.org", "password": "correct horse battery", "name": "Cleo"])
        let signedIn = try await accounts.signUp(form, passwordHash: "secret-hash")
        let added = try await command(
            AddDestination(
                DestinationForm(["kind": "webhook", "url": "https://example.org/secret", "name": "Home"])),
            of: signedIn
        )
        _ = try await command(EditDestination(added.destination.id, DestinationEdit(["enabled": false])), of: signedIn)
        try await command(RemoveDestination(.id(added.destination.id)), of: signedIn)
        let other = try await command(
            AddDestination(
                DestinationForm(["kind": "webhook", "url": "https://example.org/secret", "name": "Work"])),
            of: signedIn
        )
        _ = try await command(RotateSecret(other.destination.id), of: signedIn)
    }

    /// Somebody else keeps a filter for a while.
    func filter() async throws {
        let accounts = Accounts(operations: Operations(environment: environment))
        let form = try SignUpForm(["email": "dora@example.org", "password": "correct horse battery", "name": "Dora"])
        let signedIn = try await accounts.signUp(form, passwordHash: "secret-hash")
        let saved = try await command(
            AddSavedFilter(SavedFilterForm(["name": "Home", "expression": "#home & p1"], isNew: true)), of: signedIn)
        _ = try await command(
            EditSavedFilter(saved.id, SavedFilterForm(["expression": "#home"], isNew: false)), of: signedIn)
        try await command(RemoveSavedFilter(saved.id), of: signedIn)
    }

    /// Somebody else has tasks shown to a calendar for a while.
    func publish() async throws {
        let accounts = Accounts(operations: Operations(environment: environment))
        let form = try SignUpForm(["email": "eva@example.org", "password": "correct horse battery", "name": "Eva"])
        let signedIn = try await accounts.signUp(form, passwordHash: "secret-hash")
        let feed = try await command(
            CreateFeed(FeedForm(["name": "Home", "filter": "#home"]), hash: Array(repeating: 2, count: 32)),
            of: signedIn)
        try await command(DeleteFeed(feed.id), of: signedIn)
    }

    /// Somebody else shows that an address is theirs, takes another, and deletes the account.
    func leave() async throws {
        let accounts = Accounts(operations: Operations(environment: environment))
        let form = try SignUpForm(["email": "ben@example.org", "password": "correct horse battery", "name": "Ben"])
        let signedIn = try await accounts.signUp(form, passwordHash: "secret-hash")
        for (number, address) in ["ben@example.org", "ben@example.net"].enumerated() {
            let hash = Array(repeating: UInt8(number), count: 32)
            try await environment.store.write { (transaction) throws(ErrandError) in
                guard let address = EmailAddress(address) else { return }
                let token = MailToken(
                    userID: signedIn.user.id, purpose: .address, address: address, expiresAt: .testStart + .hours(1))
                try transaction.mailTokens.insert(token, hash: hash)
            }
            try await accounts.verifyAddress(token: hash)
        }
        // The hash of a stone is not what is looked at here.
        _ = try await command(DeleteAccount(chain: AuditChain { _ in Array(repeating: 7, count: 32) }), of: signedIn)
    }

    /// Two reminders that have fired; the second one's notification stays unread.
    private func remind(_ user: UserID) async throws -> [NotificationID] {
        let environment = environment
        return try await environment.store.write { (transaction) throws(ErrandError) in
            let context = EventContext(transaction: transaction, now: .testStart, of: environment)
            var notifications: [NotificationID] = []
            for number in 0..<2 {
                let row = ReminderRow(
                    id: GoldenEventTests.id(20 + number), taskID: GoldenEventTests.id(5), memberID: user, snoozeOf: nil,
                    base: .testStart, nextAt: .testStart, repeatEvery: nil, lastFiredAt: nil
                )
                let event = ReminderEvent(
                    DueReminder(row: row, title: "Water plants", dueAt: nil), remindAt: .testStart,
                    occurredAt: .testStart, changeNumber: .none
                ).event
                try ReminderConsumer().effect(of: event)(context)
                notifications.append(NotificationID(event.id.value))
            }
            return notifications
        }
    }

    @discardableResult
    private func command<C: Command>(
        _ command: C, of signedIn: SignedIn, for correlation: Correlation = .none
    ) async throws -> C.Outcome {
        let principal = Principal(
            userID: signedIn.user.id, actor: .session(signedIn.session.id), scopes: Set(Scope.allCases), via: .page
        )
        return try await Operations(environment: environment).perform(command, as: principal, for: correlation).outcome
    }
}
