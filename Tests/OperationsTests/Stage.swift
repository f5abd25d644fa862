import CivilTime
import ErrandCore
import SQLStore
import SQLiteDriver
import TestSupport
import Testing

/// The core alone: operations over a store in memory, with two users and a clock that is set by hand.
struct Stage: Sendable {
    let operations: Operations
    let clock = ManualClock()
    let ana: User
    let ben = User.make(name: "Ben")

    /// - Parameter zone: Ana's.
    static func with(zone: String = "UTC", _ use: (Stage) async throws -> Void) async throws {
        let database = try SQLiteDatabase.open(.memory) { _ in }
        do {
            try await use(try await Stage(try await SQLStore.open(over: database) { _ in }, zone))
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }

    private init(_ store: any Store, _ zone: String) async throws {
        operations = Operations(
            environment: ErrandCore.Environment(
                store: store, now: clock.now,
                makeID: { instant in
                    var generator = SystemRandomNumberGenerator()
                    return .version7(at: instant, using: &generator)
                },
                randomBytes: { count in (0..<count).map { _ in .random(in: .min ... .max) } }
            )
        )
        let ana = User.make(settings: .standard(in: try #require(Zone(identifier: zone))))
        self.ana = ana
        let users = [ana, ben]
        try await store.write { (transaction) throws(ErrandError) in
            for user in users { try transaction.accounts.insert(user, passwordHash: nil) }
        }
    }

    func principal(_ user: User? = nil, scopes: Set<Scope> = Set(Scope.allCases)) -> Principal {
        Principal(userID: (user ?? ana).id, actor: .session(.make()), scopes: scopes)
    }

    /// Does what a row of the catalogue is for, asked as a tool would ask.
    @discardableResult
    func call(_ name: String, _ arguments: JSONValue = [:], as user: User? = nil) async throws -> OperationAnswer {
        let entry = try #require(Catalogue.entry(name), "there is no \(name)")
        return try await entry.read(arguments: arguments).perform(by: operations, as: principal(user))
    }

    /// The same, where the answer is a JSON object.
    @discardableResult
    func json(_ name: String, _ arguments: JSONValue = [:], as user: User? = nil) async throws -> JSONValue {
        try #require(try await call(name, arguments, as: user).json)
    }

    /// What it fails with.
    func error(of name: String, _ arguments: JSONValue = [:], as user: User? = nil) async throws -> ErrandError {
        try #require(
            await #expect(throws: ErrandError.self) { try await call(name, arguments, as: user) }
        )
    }

    /// Place and code of each broken field, such as `/title too_long`.
    func fields(of name: String, _ arguments: JSONValue) async throws -> [String] {
        try await error(of: name, arguments).fields.map { problem in
            switch problem.place {
            case .body(let pointer): "\(pointer) \(problem.code.rawValue)"
            case .parameter(let name): "?\(name) \(problem.code.rawValue)"
            case .line(let line, _): "line \(line) \(problem.code.rawValue)"
            }
        }
    }

    /// Does what the recurring-task-service does.
    func makeNext(after task: JSONValue) async throws -> TodoTask? {
        let id = try #require(TaskID(task["id"]?.string ?? ""))
        return try await operations.perform(MakeNextOccurrence(after: id), as: principal()).outcome
    }

    /// Sets the clock, and fires what has come due.
    func fireReminders(at instant: String) async throws {
        clock.set(try #require(Instant(instant)))
        _ = try await ReminderClock(environment: operations.environment).runOnce()
    }
}
