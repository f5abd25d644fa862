import ErrandCore
import Foundation
import PostgresDriver
import SQLStore
import SQLiteDriver
import TestSupport
import Testing

@Suite struct ConformanceTests {
    @Test(arguments: StoreConformance.Case.all)
    func `SQLite in memory`(_ conformance: StoreConformance.Case) async throws {
        try await conformance.run { use in
            try await TestStore.withStore(at: .memory) { store, _ in try await use(store) }
        }
    }

    @Test(arguments: StoreConformance.Case.all)
    func `SQLite in a file`(_ conformance: StoreConformance.Case) async throws {
        try await conformance.run { use in
            try await TestStore.withFile { path in
                try await TestStore.withStore(at: .file(path: path)) { store, _ in try await use(store) }
            }
        }
    }

    @Test(arguments: StoreConformance.Case.all)
    func `PostgreSQL`(_ conformance: StoreConformance.Case) async throws {
        let server = try await TestPostgres.server.value
        try await conformance.run { use in
            try await TestStore.withStore(at: try server.makeDatabase()) { store, _ in try await use(store) }
        }
    }
}
