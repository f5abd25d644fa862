import CivilTime
import ErrandCore
import Interchange
import TestSupport
import Testing

/// Files of other programs that have more than one task can say: series, trash, several files.
@Suite struct ForeignImportTests {
    private func take(_ file: ImportFile, into stage: Stage) async throws -> ImportReport {
        try await stage.operations.importTasks(file, ImportOptions(isDryRun: false), as: stage.principal())
    }

    private func tasks(_ stage: Stage) async throws -> [TodoTask] {
        try await stage.operations.ask(ExportTasks(after: 0, limit: 1_000), as: stage.principal()).tasks
    }

    private static let taskwarrior = #"""
        [{"description":"Rent","uuid":"00000000-0000-4000-8000-000000000001","status":"recurring","recur":"monthly",
        "entry":"20250101T080000Z","due":"20250131T000000Z","mask":"--"},
        {"description":"Rent","uuid":"00000000-0000-4000-8000-000000000002","status":"pending","recur":"monthly",
        "entry":"20250101T080000Z","due":"20250131T000000Z","parent":"00000000-0000-4000-8000-000000000001","imask":0},
        {"description":"Rent","uuid":"00000000-0000-4000-8000-000000000003","status":"pending","recur":"monthly",
        "entry":"20250101T080000Z","due":"20250228T000000Z","parent":"00000000-0000-4000-8000-000000000001","imask":1},
        {"description":"Gone","uuid":"00000000-0000-4000-8000-000000000004","status":"deleted",
        "entry":"20250101T080000Z","end":"20250105T080000Z"},
        {"description":"Odd","uuid":"00000000-0000-4000-8000-000000000005","status":"pending",
        "entry":"20250101T080000Z","due":"20250228T000000Z","recur":"5 moons"}]
        """#

    @Test func `a series of Taskwarrior comes in once, and what was deleted lies in the trash`() async throws {
        try await Stage.with { stage in
            let file = ImportFile(Array(Self.taskwarrior.utf8), name: "tasks.json")
            let report = try await take(file, into: stage)
            #expect(report.format == .taskwarrior)
            #expect((report.total, report.created, report.leftOut) == (4, 4, 0))
            let tasks = try await tasks(stage)
            #expect(tasks.map(\.title) == ["Rent", "Rent", "Gone", "Odd"])
            #expect(tasks.map { $0.series?.recurrence != nil } == [false, true, false, false])
            #expect(tasks.map(\.isInTrash) == [false, false, true, false])
            #expect(tasks[0].id.description == "00000000-0000-4000-8000-000000000002")
            #expect(tasks[3].description == "Repeats: 5 moons")
            #expect(report.notes.map(\.field) == ["recurrence"])
            let again = try await take(file, into: stage)
            #expect((again.created, again.existing) == (0, 4))
        }
    }

    @Test func `a moment is told on the clock of its person`() async throws {
        try await Stage.with(zone: "Europe/Berlin") { stage in
            let text =
                #"[{"title":"L","hex_color":"","tasks":[{"id":1,"title":"A","due_date":"2026-03-04T23:00:00Z"}]}]"#
            let report = try await take(ImportFile(Array(text.utf8)), into: stage)
            #expect(report.format == .vikunja && report.notes == [])
            #expect(try await tasks(stage).first?.due == .date(try #require(LocalDate("2026-03-05"))))
        }
    }

    @Test func `the tables of a backup are one file, and one table alone is as it would be`() async throws {
        try await Stage.with { stage in
            func file(_ name: String, _ row: String) -> ArchivedFile {
                ArchivedFile(name: name, bytes: Array("TYPE,CONTENT,PRIORITY,INDENT\n\(row)\n".utf8))
            }
            let parts = [file("Home [1].csv", "task,Milk,4,1"), file("Work [2].csv", "task,Mail,4,1")]
            let report = try await take(ImportFile(parts: parts), into: stage)
            #expect(report.format == .todoist && report.created == 2)
            #expect(try await tasks(stage).map { $0.tags.map(\.name) } == [["Home"], ["Work"]])
            let again = try await take(ImportFile(parts: [parts[0]]), into: stage)
            #expect((again.created, again.existing) == (0, 1), "it has its project's tag there too")
            let table = ArchivedFile(name: "x/a.csv", bytes: Array("title,due\nBread,2026-01-01\n".utf8))
            #expect(try await take(ImportFile(parts: [table]), into: stage).format == .csv)
            await #expect(throws: ErrandError.self) {
                _ = try await take(ImportFile(parts: [table, parts[0]]), into: stage)
            }
            await #expect(throws: ErrandError.self) {
                _ = try await take(ImportFile(parts: [table, table], format: .csv), into: stage)
            }
        }
    }
}
