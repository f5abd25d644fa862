import Interchange
import Testing

@Suite struct TodoistBackupTests {
    private static let heading = "TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT\n"

    private func file(_ name: String, _ rows: String) -> ArchivedFile {
        ArchivedFile(name: name, bytes: Array((Self.heading + rows).utf8))
    }

    private func read(_ files: ArchivedFile...) throws -> [ReadEntry] {
        var reader = try #require(TaskFiles.reader(ofAll: files, as: .todoist))
        var entries: [ReadEntry] = []
        while let entry = try reader.next() { entries.append(entry) }
        return entries
    }

    @Test func `the project of a task is what its file is named after`() throws {
        let read = try read(
            file("Inbox [2203306141].csv", "task,A @home,,1,1\nsection,Later,,,\ntask,B,,4,1\n"),
            file("backup/Work [x] ü.csv", "task,C,,4,1\n"), file("home.csv", "task,D @home,,4,1\n"), file(".csv", ""))
        #expect(read.map(\.task?.title) == ["A", "B", "C", "D"])
        #expect(read.map(\.task?.tags) == [["Inbox", "home"], ["Inbox", "Later"], ["Work [x] ü"], ["home"]])
        #expect(read.flatMap(\.notes).isEmpty)
    }

    @Test func `notes and faults say which file is meant`() throws {
        let read = try read(file("A.csv", "task,A,,9,1\n"), file("B.csv", "task,,,4,1\n"))
        #expect(
            read.flatMap(\.notes).map(\.detail) == [
                "In A.csv: This is no number from 1 to 4; it is left out.", "In B.csv: There is no title.",
            ])
        let broken = ArchivedFile(name: "x/B.csv", bytes: Array("name,notes\n".utf8))
        #expect {
            _ = try self.read(file("A.csv", ""), broken)
        } throws: { error in
            (error as? TaskFileError)?.detail.hasPrefix("In B.csv: There is no line of column names") == true
        }
        #expect(TaskFiles.reader(ofAll: [broken], as: .csv) == nil)
    }

    @Test func `of an archive the files with tasks are read`() {
        let vikunja = ["files/1", "data.json", "filters.json", "VERSION", "old/data.json"]
        #expect(ArchivedTasks.places(in: vikunja) == [1])
        #expect(
            ArchivedTasks.places(in: ["b.csv", "a.CSV", "__MACOSX/a.csv", "x/", "x/.c.csv", "notes.txt"]) == [1, 0])
        #expect(ArchivedTasks.places(in: ["x/", "x/tasks.ics"]) == [1])
        #expect(ArchivedTasks.places(in: ["a.ics", "b.ics"]).isEmpty)
        #expect(ArchivedTasks.places(in: []).isEmpty)
    }
}
