import CivilTime
import ErrandCore
import Foundation
import SQLStore
import Synchronization

/// Fills a database with the tasks of many people.
///
/// Two people make theirs by the operations of the program: whoever has most, and one of the others. The rest are given
/// copies of that one's rows, each with ids, numbers and words of their own, so every row and every entry of an index
/// is what the program would have written. Events, audit entries and undo records of what is copied are not there: it
/// is a database whose events have outlived their days.
struct GrowthFill: Sendable {
    /// Tables that are copied.
    private static let tables = ["users", "counters", "sessions", "tasks", "task_tags", "reminders"]
    /// People whose rows are one commit.
    private static let slice = 20

    let store: SQLStore
    let database: any SQLDatabase
    let isPostgres: Bool
    let size: GrowthSize

    func run() async throws {
        let begin = ContinuousClock.now
        let environment = Environment.ofBench(store)
        try await make(size.heavy, GrowthSize.heavyName, environment)
        let template = try await make(size.each, GrowthSize.name(1), environment)
        let made = ContinuousClock.now
        let indexes = isPostgres ? try await PostgresIndexes(database) : nil
        try await copy(from: template)
        // What the two did is as old as the rest.
        try await database.run { connection throws(SQLError) in
            for table in ["outbox", "undo_records"] { try connection.execute("DELETE FROM \(table)", []) }
        }
        let copied = ContinuousClock.now
        try await indexes?.restore()
        if isPostgres { try await settle() }
        let (all, count) = ((ContinuousClock.now - begin) / .seconds(1), size.each * (size.people - 2))
        Table.line(
            """
            Filled with \(size.heavy + size.each * (size.people - 1)) tasks of \(size.people) people in \(Int(all)) s: \
            \(Int((made - begin) / .seconds(1))) s by operations, \(count) tasks in \
            \(Int((copied - made) / .seconds(1))) s by copies, \
            \(Int((ContinuousClock.now - copied) / .seconds(1))) s for indexes; \
            \(Int(Double(size.tasks) / all)) tasks/s.
            """
        )
    }

    /// Somebody who makes tasks, every tenth with a reminder in a month or later.
    @discardableResult
    private func make(_ count: Int, _ name: String, _ environment: ErrandCore.Environment) async throws -> Principal {
        let me = try await OperationsBench.principal(name, environment)
        let operations = Operations(environment: environment)
        let start = Instant.ofBench + .days(30)
        var samples = SampleTasks()
        for first in stride(from: 0, to: count, by: 100) {
            let commands = (first..<min(first + 100, count)).map { index -> JSONValue in
                var task = samples.task(index)
                if index % 10 == 0, case .object(var fields) = task {
                    let at = start + .seconds(60) * (index % 10_000)
                    fields["reminders"] = [["at": .string(at.description)]]
                    task = .object(fields)
                }
                return ["id": .string("\(index)"), "op": "create", "args": task]
            }
            let outcome = try await operations.perform(RunBatch(["commands": .array(commands)]), as: me).outcome
            for (_, result) in outcome.results { _ = try result.get() }
        }
        return me
    }

    // MARK: - Copies

    private func copy(from template: Principal) async throws {
        let userID = template.userID.description
        let row = try await database.number("SELECT row_id FROM spaces WHERE id = '\(userID)'")
        var columns: [String: [String]] = [:]
        for table in GrowthFill.tables { columns[table] = try await self.columns(of: table) }
        let statements = GrowthCopy(columns: columns, template: row, isPostgres: isPostgres)
        let first = try await database.number("SELECT max(row_id) FROM spaces") + 1
        let last = size.people
        let slices = max(last - 2, 0) / GrowthFill.slice + 1
        // One writer on SQLite; on PostgreSQL both cores have something to do while one waits.
        try await Turns.all(slices, workers: isPostgres ? 3 : 1) { slice in
            let start = 2 + slice * GrowthFill.slice
            let people = (start..<max(start, min(start + GrowthFill.slice, last))).map {
                GrowthPerson(row: first + Int64($0 - 2), name: GrowthSize.name($0))
            }
            try await write(statements, for: people)
        }
    }

    private func write(_ statements: GrowthCopy, for people: [GrowthPerson]) async throws {
        let settings =
            isPostgres
            ? [
                "SET LOCAL statement_timeout = 0", "SET LOCAL synchronous_commit = off",
                // What rows refer to is there.
                "SET LOCAL session_replication_role = replica",
            ] : ["PRAGMA cache_size = -262144"]
        try await database.run { connection throws(SQLError) in
            for setting in settings { try connection.execute(setting, []) }
            for person in people { try statements.run(for: person, on: connection) }
        }
    }

    private func columns(of table: String) async throws -> [String] {
        let sql =
            isPostgres
            ? """
            SELECT CAST(column_name AS text) FROM information_schema.columns
            WHERE table_schema = current_schema() AND table_name = '\(table)'
            """ : "SELECT name FROM pragma_table_info('\(table)')"
        return try await database.texts(sql)
    }

    /// What a server does by itself in the hours in which so many tasks come.
    private func settle() async throws {
        try await database.run { connection throws(SQLError) in
            try connection.execute("SET LOCAL statement_timeout = 0", [])
            try connection.query(
                "SELECT setval(pg_get_serial_sequence('spaces', 'row_id'), max(row_id)) FROM spaces", []
            ) { _ in }
            try connection.execute("ANALYZE", [])
        }
    }
}

/// Indexes that are made when all rows are there, which takes a fraction of the time.
private struct PostgresIndexes: Sendable {
    private let database: any SQLDatabase
    private let definitions: [String]

    /// Drops them.
    init(_ database: any SQLDatabase) async throws {
        let those = """
            FROM pg_indexes WHERE schemaname = current_schema()
            AND tablename IN ('tasks', 'task_tags', 'task_search', 'reminders')
            AND indexname NOT IN (SELECT conname FROM pg_constraint) ORDER BY indexname
            """
        self.database = database
        definitions = try await database.texts("SELECT indexdef \(those)")
        let names = try await database.texts("SELECT CAST(indexname AS text) \(those)")
        try await database.run { connection throws(SQLError) in
            for name in names { try connection.execute("DROP INDEX \(name)", []) }
        }
    }

    func restore() async throws {
        let (database, definitions) = (database, definitions)
        try await Turns.all(definitions.count, workers: 2) { index in
            try await database.run { connection throws(SQLError) in
                try connection.execute("SET LOCAL statement_timeout = 0", [])
                try connection.execute("SET LOCAL lock_timeout = 0", [])
                try connection.execute("SET LOCAL maintenance_work_mem = '1GB'", [])
                try connection.execute("SET LOCAL max_parallel_maintenance_workers = 0", [])
                try connection.execute(definitions[index], [])
            }
        }
    }
}

/// Work in numbered pieces that some workers share.
private final class Turns: Sendable {
    private let next = Mutex(0)

    private func take() -> Int {
        next.withLock { number in
            defer { number += 1 }
            return number
        }
    }

    static func all(
        _ count: Int, workers: Int, _ work: @escaping @Sendable (Int) async throws -> Void
    ) async throws {
        let turns = Turns()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<workers {
                group.addTask {
                    var index = turns.take()
                    while index < count {
                        try await work(index)
                        index = turns.take()
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}

extension SQLDatabase {
    /// Runs statements in one transaction.
    func run(_ body: @escaping @Sendable (any SQLConnection) throws(SQLError) -> Void) async throws {
        try await write { (connection) throws(ErrandError) in
            do throws(SQLError) {
                try body(connection)
            } catch {
                Table.line("\(error) \(error.sql)")
                throw .unavailable
            }
        }
    }

    func texts(_ sql: String) async throws -> [String] {
        try await values(sql).compactMap { if case .text(let text) = $0 { text } else { nil } }
    }

    func number(_ sql: String) async throws -> Int64 {
        guard case .integer(let number)? = try await values(sql).first else { throw ErrandError.unavailable }
        return number
    }

    /// The first column of a result.
    private func values(_ sql: String) async throws -> [SQLValue] {
        try await read { (connection) throws(ErrandError) in
            var values: [SQLValue] = []
            do throws(SQLError) {
                try connection.query(sql, []) { row throws(SQLError) in values += row.values.prefix(1) }
            } catch {
                Table.line("\(error) \(error.sql)")
                throw .unavailable
            }
            return values
        }
    }
}
