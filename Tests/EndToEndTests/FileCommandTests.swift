import ErrandCore
import Foundation
import Testing

/// Tasks out of one account and into another, by the command line against a real server.
@Suite struct FileCommandTests {
    @Test func `tasks go out into a file and come in from it`() async throws {
        try await withServer { errand in
            try signUp("ana", errand)
            #expect(try errand.run(["quick", "Pay rent every month on the 1st #home p1"]).status == 0)
            #expect(try errand.run(["add", "Buy milk"]).status == 0)
            #expect(try errand.run(["done", "2"]).status == 0)
            let file = errand.home.appending(path: "tasks.json").path(percentEncoded: false)
            let export = try errand.run(["export", "--output", file])
            #expect(export.status == 0 && export.output.isEmpty, "\(export.errors)")
            let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
            #expect(mode == 0o600, "for its owner alone")
            let open = try JSONValue.parse(try errand.run(["export", "--open"]).output)
            #expect(open["tasks"]?.array?.compactMap { $0["title"] } == ["Pay rent"])

            try signUp("ben", errand)
            let look = try errand.run(["import", file, "--dry-run"])
            #expect(look.output == "Would add 2 tasks; 0 there already; 0 left out. Read as json.\n", "\(look.errors)")
            #expect(try errand.run(["list"]).output.contains("Pay rent") == false)
            let taken = try errand.run(["import", file, "--yes"])
            #expect(taken.output.hasPrefix("Added 2 tasks;"), "\(taken.errors)")
            #expect(taken.output.contains("errand undo"))
            #expect(try errand.run(["list"]).output.contains("Pay rent"))
            #expect(try errand.run(["import", file, "--yes"]).output.hasPrefix("Added 0 tasks; 2 there already;"))
            #expect(try errand.run(["undo"]).status == 0)
            let again = try errand.run(["import", "-", "--yes"], input: String(contentsOfFile: file, encoding: .utf8))
            #expect(again.output.contains("line 1: Lies in the trash."), "\(again.errors)")
            try refusals(errand, file)
        }
    }

    private func signUp(_ name: String, _ errand: CommandLineClient) throws {
        let signUp = try errand.run(
            ["login", "--sign-up", "--email", "\(name)@example.org", "--password-stdin"],
            input: "a quiet walk in the woods\n"
        )
        #expect(signUp.status == 0, "\(signUp.errors)")
    }

    private func refusals(_ errand: CommandLineClient, _ file: String) throws {
        let whole = try String(contentsOfFile: file, encoding: .utf8)
        let broken = try errand.run(["import", "-", "--format", "json", "--yes"], input: String(whole.dropLast(9)))
        #expect(broken.status == 1 && broken.errors.contains("line 1, column"), "\(broken.errors)")
        #expect(try errand.run(["import", "\(file).none", "--yes"]).status == 1)
        #expect(try errand.run(["import", file, "--json"]).status == 64, "a question would be in the way")
        #expect(try errand.run(["export", "--format", "todoist"]).status == 64)
        #expect(try errand.run(["export", "--events"]).status == 64)
        #expect(try errand.run(["logout"]).status == 0)
        let output = "\(file).none"
        #expect(try errand.run(["export", "--output", output]).status == 3)
        #expect(!FileManager.default.fileExists(atPath: output))
        let rest = try FileManager.default.contentsOfDirectory(atPath: errand.home.path(percentEncoded: false))
        #expect(!rest.contains { $0.hasSuffix(".part") })
    }
}
