import ErrandCore
import Foundation
import LocalServers
import SQLStore
import SQLiteDriver
import Testing

/// `errand doctor` on installations that are well, and on those that are not.
@Suite(.serialized) struct DoctorTests {
    @Test func `a fresh installation and one that serves are well`() async throws {
        try await withStage { stage in
            let fresh = try stage.examine()
            #expect(fresh.status == 0 && fresh["database"]?.outcome == "ok", "\(fresh)")
            let ports = try ServerProcess.freePorts()
            let server = try await ServerProcess(data: stage.data, port: ports.public, internalPort: ports.internal)
            let client = await APIClient(port: ports.public).signedUp("ana")
            _ = await client.send("POST", "/api/v1/tasks", ["title": "Milk"])
            _ = try await Books.whenAudited(Deployment(place: .folder(stage.data)))
            let serving = try stage.examine(["--audit"])
            #expect(serving.status == 0, "\(serving)")
            for name in [
                "configuration", "clock", "zone data", "data folder", "database files", "database", "audit logs",
            ] {
                #expect(serving[name]?.outcome == "ok", "\(name): \(serving)")
            }
            #expect(serving["audit logs"]?.found.contains("of 1 logs") == true)
            for name in ["mail", "push keys"] { #expect(serving[name]?.outcome == "warning", "\(name)") }
            try await server.stop()
            let text = try stage.errand.run(["doctor", "--data", stage.path("data")]).output
            #expect(text.contains("ok      clock") && text.contains("→ Set SMTP_URL"))
        }
    }

    @Test func `a folder that cannot be written to, and files that others can read`() async throws {
        try await withStage { stage in
            try await stage.makeDatabase()
            // Root may write there all the same; the server's user would not.
            #expect(chmod(stage.path("data"), 0o500) == 0)
            let closed = try stage.examine()
            #expect(closed.status == 1 && closed["data folder"]?.found.contains("0500") == true)
            #expect(chmod(stage.path("data"), 0o755) == 0)
            #expect(try stage.examine()["data folder"]?.advice.contains("chmod 0700") == true)
            #expect(chmod(stage.path("data"), 0o700) == 0)
            #expect(chmod(stage.path("data/errand.sqlite"), 0o644) == 0)
            let open = try stage.examine()
            #expect(open.status == 1 && open["database files"]?.found.contains("0644") == true)
            #expect(chmod(stage.path("data/errand.sqlite"), 0o600) == 0)
            #expect(try stage.examine().status == 0)
            let folder = stage.folder.appending(path: ".config/errand")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for (path, name) in [(".config/errand/credentials.json", "credentials"), ("errand.json", "settings file")] {
                try Data("{\"errand\": {}}".utf8).write(to: stage.folder.appending(path: path))
                #expect(chmod(stage.path(path), 0o640) == 0)
                let report = try stage.examine(name == "credentials" ? [] : ["--config", stage.path(path)])
                #expect(report.status == 1 && report[name]?.advice.contains("chmod 0600") == true, "\(report)")
                #expect(chmod(stage.path(path), 0o600) == 0)
            }
        }
    }

    @Test func `databases that are damaged, too new or of tomorrow`() async throws {
        try await withStage { stage in
            try await stage.makeDatabase()
            try await stage.rewrite("UPDATE outbox SET occurred_at = occurred_at + 3600000")
            let tomorrow = try stage.examine()
            #expect(
                tomorrow.status == 1 && tomorrow["clock"]?.found.contains("ahead of this clock") == true, "\(tomorrow)")
            try await stage.rewrite("UPDATE schema_version SET version = 999")
            #expect(try stage.examine()["database"]?.found.contains("999") == true)
            try Data(repeating: 0x41, count: 9_000).write(to: stage.data.appending(path: "errand.sqlite"))
            let damaged = try stage.examine()
            #expect(damaged.status == 1 && damaged["database"]?.outcome == "failure", "\(damaged)")
        }
    }

    @Test func `a setting that cannot be used is named, and the rest is looked at`() async throws {
        try await withStage { stage in
            let report = try stage.examine(environment: ["ERRAND_PORT": "many"])
            #expect(report.status == 1 && report["configuration"]?.found.contains("port must be") == true)
            #expect(report["zone data"]?.outcome == "ok")
            #expect(try stage.errand.run(["doctor", "--colour"]).status == 64)
        }
    }

    @Test func `a database, a broker and a mail server that are not there`() async throws {
        try await withStage { stage in
            let port = try await LocalServer.deadPort()
            let secrets = ["hunter2", "swordfish", "opensesame"]
            let report = try stage.examine(environment: [
                "DATABASE_URL": "postgres://ana:hunter2@127.0.0.1:\(port)/errand",
                "KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:\(port)", "KAFKA_USERNAME": "ana", "KAFKA_PASSWORD": "swordfish",
                "ERRAND_KAFKA_TLS": "off", "SMTP_URL": "smtp://ana:opensesame@127.0.0.1:\(port)",
                "ERRAND_MAIL_FROM": "errand@example.org",
            ])
            #expect(report.status == 1)
            for name in ["database", "broker", "mail"] {
                #expect(report[name]?.outcome == "failure", "\(name): \(report)")
            }
            #expect(secrets.allSatisfy { !report.text.contains($0) }, "\(report.text)")
        }
    }

    @Test func `a mail server without TLS gets no password`() async throws {
        try await withStage { stage in
            let server = try PlainMailServer()
            let report = try stage.examine(environment: [
                "SMTP_URL": "smtp://ana:opensesame@127.0.0.1:\(server.port)", "ERRAND_MAIL_FROM": "errand@example.org",
            ])
            #expect(report["mail"]?.found.contains("offers no TLS") == true, "\(report)")
            #expect(report.status == 1)
            #expect(server.heard.contains("EHLO") && !server.heard.contains("AUTH"), "\(server.heard)")
        }
    }

    @Test func `a sidecar that is not ready, and one with another time`() async throws {
        try await withStage { stage in
            let dead = try await LocalServer.deadPort()
            let role = ["ERRAND_ROLE": "frontend"]
            let report = try stage.examine(environment: role.merging(["DAPR_HTTP_PORT": "\(dead)"]) { $1 })
            #expect(report.status == 1 && report["sidecar"]?.outcome == "failure", "\(report)")
            for (hours, outcome) in [(0, "ok"), (-1, "failure"), (1, "failure")] {
                let date = DoctorStage.httpDate(Date(timeIntervalSinceNow: Double(hours) * 3600))
                try await LocalServer.with { _ in
                    .answer(204, headers: [("Date", date)])
                } _: { server in
                    let report = try await stage.examineInBackground(
                        role.merging(["DAPR_HTTP_PORT": "\(server.port)"]) { $1 })
                    #expect(report["sidecar"]?.outcome == "ok" && report["clock"]?.outcome == outcome, "\(report)")
                    #expect(report["clock"]?.found.contains("the sidecar's") == true)
                }
            }
        }
    }

    @Test func `PostgreSQL is asked for its schema and its clock`() async throws {
        guard case .postgres(let url) = try await SharedPostgres.deployment().place else { return }
        try await withStage { stage in
            let empty = try stage.examine(environment: ["DATABASE_URL": url])
            #expect(empty["database"]?.outcome == "failure" || empty["database"]?.outcome == "warning", "\(empty)")
            #expect(try stage.errand.run(["migrate", url]).status == 0)
            let report = try stage.examine(environment: ["DATABASE_URL": url])
            #expect(report.status == 0, "\(report)")
            #expect(report["clock"]?.found.contains("the database's") == true)
        }
    }

    private func withStage(_ use: (DoctorStage) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "errand-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await use(DoctorStage(folder: folder))
    }
}
