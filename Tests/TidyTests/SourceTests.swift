import Testing

@Suite struct SourceTests {
    private let project: Project

    init() throws {
        project = try Project.read()
    }

    /// What is written by people and read by people.
    private var written: [Project.File] {
        project.files.filter { file in
            [".swift", ".js", ".mjs", ".css"].contains { file.path.hasSuffix($0) }
        }
    }

    @Test func `lines, files and functions are short`() {
        #expect(written.flatMap(SourceRules.longLines) == [])
        #expect(project.swift().flatMap(SourceRules.longFunctions) == [])
        #expect(written.filter { $0.lines.count > SourceRules.fileLengthMax + 1 }.map(\.path) == [])
    }

    @Test func `nothing is forced, left undone or named vaguely`() {
        #expect(project.swift().flatMap(SourceRules.bannedWords) == [])
        #expect(project.swift().flatMap(SourceRules.vagueNames) == [])
        #expect(project.swift().flatMap(SourceRules.unexplainedUnchecked) == [])
    }

    @Test func `core and services take time and chance from outside`() {
        let files = project.swift(in: "Sources/Core/") + project.swift(in: "Sources/Services/")
        #expect(files.flatMap(SourceRules.hiddenInputs) == [])
    }

    @Test func `core and services do not know on which database and bus they run`() {
        let files = project.swift(in: "Sources/Core/") + project.swift(in: "Sources/Services/")
        #expect(files.flatMap(SourceRules.knowledgeOfModes) == [])
    }

    @Test func `other servers are called through one kit`() {
        #expect(project.swift(in: "Sources/").flatMap(SourceRules.otherClients) == [])
    }

    @Test func `only the table of event types compares them`() {
        #expect(project.swift(in: "Sources/").flatMap(SourceRules.comparedEventTypes) == [])
    }

    @Test func `no task runs loose outside the composition root`() {
        let files = project.swift(in: "Sources/").filter { !$0.path.hasPrefix("Sources/errand/Composition/") }
        #expect(files.flatMap(SourceRules.looseTasks) == [])
    }

    @Test func `a suite with a time limit does not wait for all others`() throws {
        let lines = try #require(project.file("scripts/test-swift")).lines.map(\.text)
        // The lists, and what the turn of everything else leaves out beside them.
        let turns = lines.filter { $0.contains("='") || $0.hasPrefix("run --skip") }.joined(separator: "\n")
        #expect(turns.contains("KafkaBusTests") && !turns.contains("APITests"))
        #expect(project.swift(in: "Tests/").flatMap { SourceRules.hurriedSuites($0, turns: turns) } == [])
    }

    @Test func `only the terminal is printed to`() {
        let files = project.swift(in: "Sources/").filter { !$0.path.hasSuffix("/Terminal.swift") }
        #expect(files.flatMap { file in file.violations { $0.contains(#/(^|\s)print\(/#) } } == [])
    }

    @Test func `imports point inward`() {
        for folder in ImportTable.allowed.keys {
            let files = project.swift(in: "\(folder)/")
            #expect(!files.isEmpty, "\(folder) is gone; so should its row be")
            #expect(files.flatMap(ImportTable.outward) == [])
        }
    }

    @Test func `an import outward is found`() {
        func file(_ path: String, _ text: String) -> Project.File { Project.File(path: path, text: text) }
        let core = "Sources/Core/ErrandCore/Tasks/Planted.swift"
        #expect(ImportTable.outward(file(core, "import CivilTime\nimport EventDelivery")).count == 1)
        #expect(ImportTable.outward(file(core, "import CivilTime\npublic import Recurrence")).isEmpty)
        #expect(ImportTable.outward(file("Sources/Services/AuditService/Planted.swift", "import SQLStore")).count == 1)
        #expect(ImportTable.outward(file("Sources/Adapters/SQLStore/Planted.swift", "import GRDB")).count == 1)
    }
}

/// What each target may import.
enum ImportTable {
    /// Imports that the target of the file may not have.
    static func outward(_ file: Project.File) -> [String] {
        guard let row = allowed.first(where: { file.path.hasPrefix($0.key + "/") }) else { return [] }
        return SourceRules.imports(file).filter { !row.value.contains($0.module) }.map {
            "\(file.path):\($0.line) imports \($0.module)"
        }
    }

    private static let core: Set<String> = [
        "CivilTime", "ErrandCore", "Foundation", "Recurrence", "Synchronization", "TaskLanguage",
    ]

    static let allowed: [String: Set<String>] = [
        "Sources/Core/CivilTime": ["Foundation", "Synchronization"],
        "Sources/Core/Recurrence": ["CivilTime"],
        "Sources/Core/TaskLanguage": ["CivilTime", "Recurrence"],
        "Sources/Core/Interpreter": ["CivilTime", "Recurrence", "TaskLanguage"],
        "Sources/Core/Interchange": ["CivilTime", "Recurrence"],
        "Sources/Core/EventDelivery": ["CivilTime", "ErrandCore", "Synchronization"],
        "Sources/Core/ErrandCore": [
            "CivilTime", "Foundation", "Interchange", "Interpreter", "Recurrence", "Synchronization", "TaskLanguage",
        ],
        "Sources/Adapters/SQLStore": core.union(["Dispatch"]),
        "Sources/Adapters/PostgresDriver": core.union(["BlockingThreads", "CLibpq", "Glibc", "SQLStore"]),
        "Sources/Adapters/DaprBus": core.union([
            "ErrandHTTP", "EventDelivery", "HTTPCalls", "HTTPTypes", "Hummingbird", "Logging", "NIOCore",
        ]),
        "Sources/Adapters/SQLiteDriver": core.union([
            "BlockingThreads", "SQLStore", "GRDB", "GRDBSQLite", "Glibc", "Dispatch",
        ]),
        "Sources/Adapters/LanguageModels": core.union(["HTTPCalls", "HTTPTypes"]),
        "Sources/Adapters/MailChannel": core.union(["BlockingThreads", "CCurl", "Mustache"]),
        "Sources/Adapters/KafkaBus": core.union(["BlockingThreads", "CKafka", "Dispatch", "EventDelivery"]),
        "Sources/Adapters/PushChannels": [
            "CivilTime", "ErrandCore", "HTTPCalls", "HTTPTypes", "SignedWebhooks", "TaskLanguage", "WebPush",
        ],
        "Tests/Support/KafkaMock": ["CKafka", "Dispatch"],
        // It stands for a program of others, so nothing that our own HTTP faces are made of.
        "Tests/Support/FakeSidecar": [
            "CivilTime", "ErrandCore", "Foundation", "Logging", "NIOCore", "NIOHTTP1", "NIOPosix", "Synchronization",
        ],
        "Sources/Kits/Archives": ["CZlib"],
        "Sources/Kits/BlockingThreads": ["Dispatch", "Foundation", "Synchronization"],
        "Sources/Kits/Telemetry": ["CoreMetrics", "Logging", "Foundation", "Synchronization"],
        "Sources/Kits/ErrandClient": core.union(["Dispatch", "Glibc", "HTTPCalls", "HTTPTypes"]),
        "Sources/Kits/ErrandHTTP": core.union([
            "CZlib", "Crypto", "HTTPCalls", "HTTPTypes", "Hummingbird", "HummingbirdCore", "Logging", "Metrics",
            "NIOCore", "NIOHTTPTypes", "ServiceLifecycle", "SignedTokens",
        ]),
        "Sources/Kits/HTTPCalls": [
            "AsyncHTTPClient", "Dispatch", "Foundation", "Glibc", "HTTPTypes", "NIOCore", "NIOHTTP1", "NIOPosix",
            "NIOSSL", "Synchronization",
        ],
        // Of the core only what JSON is: it knows no to-dos, and no HTTP either.
        "Sources/Kits/ModelContextProtocol": ["ErrandCore"],
        // What signs and checks tokens knows no HTTP.
        "Sources/Kits/SignedTokens": core.union(["Crypto", "CryptoExtras", "Logging"]),
        "Sources/Kits/SignedWebhooks": ["CivilTime", "Crypto", "Foundation"],
        // Of the core only what JSON, base64url and an address are: it knows no to-dos, and no HTTP either.
        "Sources/Kits/WebPush": [
            "CivilTime", "Crypto", "ErrandCore", "Foundation", "SignedTokens", "Synchronization",
        ],
        "Sources/Kits/WebSockets": [
            "Crypto", "Foundation", "HTTPTypes", "HummingbirdCore", "Logging", "NIOCore", "NIOHTTP1",
            "NIOHTTPTypesHTTP1", "Synchronization",
        ],
        // Of XML and of WebDAV's answers; it knows no to-dos, and no HTTP either.
        "Sources/Kits/WebDAV": ["CExpat"],
        "Sources/Kits/WebText": [],
        "Sources/Services/APIService": core.union([
            "Archives", "CArgon2", "Crypto", "Dispatch", "ErrandHTTP", "HTTPTypes", "Hummingbird", "Interchange",
            "Logging", "ModelContextProtocol", "NIOCore", "ServiceLifecycle", "SignedTokens", "WebDAV",
        ]),
        "Sources/Services/AuditService": ["CivilTime", "Crypto", "ErrandCore", "EventDelivery"],
        "Sources/Services/FrontendService": [
            "CWebAssets", "Crypto", "ErrandHTTP", "Foundation", "HTTPTypes", "Hummingbird", "Logging",
            "Metrics", "NIOCore", "Synchronization", "WebText",
        ],
        "Sources/Services/LiveService": core.union([
            "ErrandHTTP", "EventDelivery", "HTTPTypes", "Hummingbird", "Logging", "Metrics", "NIOCore",
            "ServiceLifecycle", "WebSockets",
        ]),
        "Sources/Services/NotificationService": ["CivilTime", "ErrandCore", "EventDelivery", "Synchronization"],
        "Sources/Services/RecurrenceService": ["CivilTime", "ErrandCore", "EventDelivery"],
    ]
}
