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

    @Test func `no task runs loose outside the composition root`() {
        let files = project.swift(in: "Sources/").filter { !$0.path.hasPrefix("Sources/errand/Composition/") }
        #expect(files.flatMap(SourceRules.looseTasks) == [])
    }

    @Test func `only the terminal is printed to`() {
        let files = project.swift(in: "Sources/").filter { !$0.path.hasSuffix("/Terminal.swift") }
        #expect(files.flatMap { file in file.violations { $0.contains(#/(^|\s)print\(/#) } } == [])
    }

    @Test func `imports point inward`() {
        for (folder, allowed) in ImportTable.allowed {
            let files = project.swift(in: "Sources/\(folder)/")
            #expect(!files.isEmpty, "\(folder) is gone; so should its row be")
            for file in files {
                let wrong = SourceRules.imports(file).filter { !allowed.contains($0.module) }
                #expect(wrong.isEmpty, "\(file.path) imports \(wrong.map(\.module))")
            }
        }
    }
}

/// What each target may import.
enum ImportTable {
    private static let core: Set<String> = [
        "CivilTime", "ErrandCore", "Foundation", "Recurrence", "Synchronization", "TaskLanguage",
    ]

    static let allowed: [String: Set<String>] = [
        "Core/CivilTime": ["Foundation"],
        "Core/Recurrence": ["CivilTime"],
        "Core/TaskLanguage": ["CivilTime", "Recurrence"],
        "Core/ErrandCore": ["CivilTime", "Foundation", "Recurrence", "Synchronization", "TaskLanguage"],
        "Adapters/SQLStore": core.union(["Dispatch"]),
        "Adapters/PostgresDriver": core.union(["BlockingThreads", "CLibpq", "Glibc", "SQLStore"]),
        "Adapters/DaprBus": core.union([
            "AsyncHTTPClient", "ErrandHTTP", "Glibc", "HTTPTypes", "Hummingbird", "Logging", "NIOCore", "NIOHTTP1",
            "NIOPosix",
        ]),
        "Adapters/SQLiteDriver": core.union(["BlockingThreads", "SQLStore", "GRDB", "Glibc", "Dispatch"]),
        "Adapters/KafkaBus": core.union(["BlockingThreads", "CKafka", "Dispatch"]),
        "KafkaMock": ["CKafka", "Dispatch"],
        // It stands for a program of others, so nothing that our own HTTP faces are made of.
        "FakeSidecar": [
            "CivilTime", "ErrandCore", "Foundation", "Logging", "NIOCore", "NIOHTTP1", "NIOPosix", "Synchronization",
        ],
        "Kits/BlockingThreads": ["Dispatch", "Foundation", "Synchronization"],
        "Kits/Telemetry": ["CoreMetrics", "Logging", "Foundation", "Synchronization"],
        "Kits/ErrandClient": core.union([
            "AsyncHTTPClient", "Dispatch", "Glibc", "NIOCore", "NIOFoundationCompat", "NIOHTTP1", "NIOPosix", "NIOSSL",
        ]),
        "Kits/ErrandHTTP": core.union([
            "Crypto", "CryptoExtras", "FoundationNetworking", "HTTPTypes", "Hummingbird", "HummingbirdCore", "Logging",
            "Metrics", "NIOCore", "NIOHTTPTypes", "ServiceLifecycle",
        ]),
        "Kits/WebSockets": [
            "Foundation", "HTTPTypes", "HummingbirdCore", "Logging", "NIOCore", "NIOHTTP1", "NIOHTTPTypesHTTP1",
            "Synchronization",
        ],
        "Services/APIService": core.union([
            "CArgon2", "Crypto", "Dispatch", "ErrandHTTP", "HTTPTypes", "Hummingbird", "Logging", "NIOCore",
        ]),
        "Services/AuditService": ["CivilTime", "Crypto", "ErrandCore"],
        "Services/FrontendService": [
            "CWebAssets", "Crypto", "ErrandHTTP", "Foundation", "HTTPTypes", "Hummingbird", "Logging", "Metrics",
            "NIOCore",
        ],
        "Services/LiveService": core.union([
            "ErrandHTTP", "HTTPTypes", "Hummingbird", "Logging", "Metrics", "NIOCore", "ServiceLifecycle",
            "WebSockets",
        ]),
        "Services/NotificationService": ["CivilTime", "ErrandCore"],
        "Services/RecurrenceService": ["CivilTime", "ErrandCore"],
    ]
}
