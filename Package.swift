// swift-tools-version: 6.2
import PackageDescription

/// One list for every target: nothing is warned about and left.
nonisolated var settings: [SwiftSetting] {
    [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .enableUpcomingFeature("InferIsolatedConformances"),
        .treatAllWarnings(as: .error),
    ]
}

/// Which package has the modules that are not ours.
let packages = [
    "ArgumentParser": "swift-argument-parser", "AsyncHTTPClient": "async-http-client",
    "Configuration": "swift-configuration", "CoreMetrics": "swift-metrics", "Crypto": "swift-crypto",
    "CryptoExtras": "swift-crypto", "GRDB": "GRDB.swift",
    "GRDBSQLite": "GRDB.swift", "HTTPTypes": "swift-http-types", "Hummingbird": "hummingbird",
    "HummingbirdCore": "hummingbird", "Logging": "swift-log", "Metrics": "swift-metrics", "Mustache": "swift-mustache",
    "NIOCore": "swift-nio",
    "NIOEmbedded": "swift-nio", "NIOHTTP1": "swift-nio",
    "NIOHTTPTypes": "swift-nio-extras", "NIOHTTPTypesHTTP1": "swift-nio-extras", "NIOPosix": "swift-nio",
    "NIOSSL": "swift-nio-ssl", "ServiceLifecycle": "swift-service-lifecycle", "SystemPackage": "swift-system",
    "UnixSignals": "swift-service-lifecycle",
]

/// Targets of ours, and products of packages, by the names that code imports them by.
func all(_ names: [String]) -> [Target.Dependency] {
    names.map { name in
        if let package = packages[name] { .product(name: name, package: package) } else { .target(name: name) }
    }
}

/// A module of ours in `Sources/<folder>/<name>`.
func part(_ name: String, in folder: String, needs: [String] = []) -> Target {
    .target(name: name, dependencies: all(needs), path: "Sources/\(folder)/\(name)", swiftSettings: settings)
}

/// A C library of the system, by its module map in `Sources/<folder>/<name>`.
func library(_ name: String, in folder: String, pkgConfig: String, debian: String) -> Target {
    .systemLibrary(
        name: name, path: "Sources/\(folder)/\(name)", pkgConfig: pkgConfig, providers: [.apt([debian])]
    )
}

/// A module that only tests are made with, in `Tests/Support/<name>`.
func support(_ name: String, needs: [String]) -> Target {
    .target(name: name, dependencies: all(needs), path: "Tests/Support/\(name)", swiftSettings: settings)
}

/// The tests in `Tests/<name>`.
func tests(_ name: String, needs: [String] = []) -> Target {
    .testTarget(name: name, dependencies: all(needs), swiftSettings: settings)
}

let package = Package(
    name: "errand",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "errand", targets: ["errand"]),
        .library(
            name: "ErrandParts",
            targets: [
                "AuditService", "CivilTime", "ErrandCore", "NotificationService", "RecurrenceService", "SQLStore",
                "SQLiteDriver", "PostgresDriver", "EventDelivery", "KafkaBus",
            ]
        ),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.9.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.34.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.6.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // Core
        part("CivilTime", in: "Core"),
        part("Recurrence", in: "Core", needs: ["CivilTime"]),
        part("TaskLanguage", in: "Core", needs: ["CivilTime", "Recurrence"]),
        part("Interpreter", in: "Core", needs: ["CivilTime", "Recurrence", "TaskLanguage"]),
        part("Interchange", in: "Core", needs: ["CivilTime", "Recurrence"]),
        part(
            "ErrandCore", in: "Core",
            needs: ["CivilTime", "Interchange", "Interpreter", "Recurrence", "TaskLanguage"]
        ),
        part("EventDelivery", in: "Core", needs: ["CivilTime", "ErrandCore"]),
        // Kits
        part("Archives", in: "Kits", needs: ["CZlib"]),
        part("BlockingThreads", in: "Kits"),
        part(
            "ErrandClient", in: "Kits",
            needs: ["CivilTime", "ErrandCore", "HTTPCalls", "HTTPTypes"]
        ),
        part(
            "ErrandHTTP", in: "Kits",
            needs: [
                "CZlib", "CivilTime", "Crypto", "ErrandCore", "HTTPCalls", "HTTPTypes", "Hummingbird",
                "HummingbirdCore", "Logging", "Metrics", "NIOCore", "NIOHTTPTypes", "ServiceLifecycle", "SignedTokens",
            ]
        ),
        part(
            "HTTPCalls", in: "Kits",
            needs: ["AsyncHTTPClient", "HTTPTypes", "NIOCore", "NIOHTTP1", "NIOPosix", "NIOSSL"]
        ),
        part("ModelContextProtocol", in: "Kits", needs: ["ErrandCore"]),
        part("SignedTokens", in: "Kits", needs: ["CivilTime", "Crypto", "CryptoExtras", "ErrandCore", "Logging"]),
        part("SignedWebhooks", in: "Kits", needs: ["CivilTime", "Crypto"]),
        part("Telemetry", in: "Kits", needs: ["CoreMetrics", "Logging"]),
        part("WebPush", in: "Kits", needs: ["CivilTime", "Crypto", "ErrandCore", "SignedTokens"]),
        part(
            "WebSockets", in: "Kits",
            needs: ["Crypto", "HTTPTypes", "HummingbirdCore", "Logging", "NIOCore", "NIOHTTP1", "NIOHTTPTypesHTTP1"]
        ),
        part("WebDAV", in: "Kits", needs: ["CExpat"]),
        part("WebText", in: "Kits"),
        .target(name: "CWebAssets", path: "Sources/Kits/CWebAssets"),
        library("CExpat", in: "Kits", pkgConfig: "expat", debian: "libexpat1-dev"),
        library("CZlib", in: "Kits", pkgConfig: "zlib", debian: "zlib1g-dev"),
        library("CArgon2", in: "Kits", pkgConfig: "libargon2", debian: "libargon2-dev"),
        // Services
        part(
            "APIService", in: "Services",
            needs: [
                "Archives", "CArgon2", "CivilTime", "Crypto", "ErrandCore", "ErrandHTTP", "HTTPTypes", "Hummingbird",
                "Interchange", "Logging", "ModelContextProtocol", "NIOCore", "ServiceLifecycle", "SignedTokens",
                "WebDAV",
            ]
        ),
        part(
            "FrontendService", in: "Services",
            needs: [
                "CWebAssets", "Crypto", "ErrandHTTP", "HTTPTypes", "Hummingbird", "Logging", "Metrics",
                "NIOCore", "WebText",
            ]
        ),
        part("RecurrenceService", in: "Services", needs: ["CivilTime", "ErrandCore", "EventDelivery"]),
        part("NotificationService", in: "Services", needs: ["CivilTime", "ErrandCore", "EventDelivery"]),
        part("AuditService", in: "Services", needs: ["CivilTime", "Crypto", "ErrandCore", "EventDelivery"]),
        part(
            "LiveService", in: "Services",
            needs: [
                "CivilTime", "ErrandCore", "ErrandHTTP", "EventDelivery", "HTTPTypes", "Hummingbird", "Logging",
                "Metrics", "NIOCore", "ServiceLifecycle", "WebSockets",
            ]
        ),
        // Adapters
        part("SQLStore", in: "Adapters", needs: ["CivilTime", "ErrandCore"]),
        part(
            "SQLiteDriver", in: "Adapters",
            needs: ["BlockingThreads", "CivilTime", "ErrandCore", "GRDB", "GRDBSQLite", "SQLStore"]
        ),
        library("CLibpq", in: "Adapters", pkgConfig: "libpq", debian: "libpq-dev"),
        part(
            "PostgresDriver", in: "Adapters",
            needs: ["BlockingThreads", "CLibpq", "CivilTime", "ErrandCore", "SQLStore"]
        ),
        library("CKafka", in: "Adapters", pkgConfig: "rdkafka", debian: "librdkafka-dev"),
        part(
            "KafkaBus", in: "Adapters",
            needs: ["BlockingThreads", "CKafka", "CivilTime", "ErrandCore", "EventDelivery"]
        ),
        library("CCurl", in: "Adapters", pkgConfig: "libcurl", debian: "libcurl4-openssl-dev"),
        part(
            "MailChannel", in: "Adapters",
            needs: ["BlockingThreads", "CCurl", "CivilTime", "ErrandCore", "Mustache", "TaskLanguage"]
        ),
        part(
            "DaprBus", in: "Adapters",
            needs: [
                "CivilTime", "ErrandCore", "ErrandHTTP", "EventDelivery", "HTTPCalls", "HTTPTypes", "Hummingbird",
                "Logging", "NIOCore",
            ]
        ),
        part(
            "LanguageModels", in: "Adapters",
            needs: ["CivilTime", "ErrandCore", "HTTPCalls", "HTTPTypes"]
        ),
        part(
            "PushChannels", in: "Adapters",
            needs: [
                "CivilTime", "ErrandCore", "HTTPCalls", "HTTPTypes", "SignedWebhooks", "TaskLanguage", "WebPush",
            ]
        ),
        // The program
        .executableTarget(
            name: "errand",
            dependencies: all([
                "APIService", "ArgumentParser", "AuditService", "CivilTime", "Configuration", "Crypto", "DaprBus",
                "ErrandClient", "ErrandCore", "ErrandHTTP", "EventDelivery", "FrontendService", "HTTPCalls",
                "HTTPTypes", "Hummingbird", "Interchange", "KafkaBus", "LanguageModels", "LiveService", "Logging",
                "MailChannel", "Metrics",
                "ModelContextProtocol", "NotificationService", "PostgresDriver", "PushChannels", "RecurrenceService",
                "SQLStore", "SQLiteDriver",
                "ServiceLifecycle", "SignedTokens", "SystemPackage",
                "Telemetry", "UnixSignals", "WebPush", "WebSockets",
            ]),
            swiftSettings: settings
        ),
        // What tests are made of
        support("TestSupport", needs: ["CZlib", "CivilTime", "ErrandCore", "Recurrence"]),
        support("FakeSidecar", needs: ["CivilTime", "ErrandCore", "Logging", "NIOCore", "NIOHTTP1", "NIOPosix"]),
        support("KafkaMock", needs: ["CKafka"]),
        support("LocalServers", needs: ["NIOCore", "NIOHTTP1", "NIOPosix", "NIOSSL"]),
        // What operations cost in instructions
        .executableTarget(
            name: "operation-cost",
            dependencies: all(["CivilTime", "ErrandCore", "SQLStore", "SQLiteDriver", "TestSupport"]),
            path: "Tests/Cost", exclude: ["cost.py", "baseline.json"], sources: ["OperationCost.swift"],
            swiftSettings: settings
        ),
        // Tests
        tests(
            "APITests",
            needs: [
                "APIService", "AuditService", "CivilTime", "Crypto", "ErrandClient", "ErrandCore", "ErrandHTTP",
                "EventDelivery",
                "FrontendService", "HTTPCalls", "HTTPTypes", "Hummingbird", "HummingbirdCore", "Logging", "NIOCore",
                "NIOPosix", "NotificationService", "PostgresDriver", "RecurrenceService", "SQLStore", "SQLiteDriver",
                "ServiceLifecycle", "SignedTokens", "TestSupport", "WebPush",
            ]
        ),
        tests("ArchivesTests", needs: ["Archives", "CZlib", "TestSupport"]),
        tests("CivilTimeTests", needs: ["CivilTime"]),
        tests(
            "DaprBusTests",
            needs: [
                "CivilTime", "DaprBus", "ErrandCore", "ErrandHTTP", "EventDelivery", "FakeSidecar", "HTTPTypes",
                "Hummingbird", "HummingbirdCore", "Logging", "NIOCore", "NIOPosix", "SQLStore", "SQLiteDriver",
                "ServiceLifecycle", "TestSupport",
            ]
        ),
        tests(
            "EndToEndTests",
            needs: [
                "AsyncHTTPClient", "CivilTime", "Crypto", "DaprBus", "ErrandCore", "EventDelivery", "FakeSidecar",
                "KafkaMock", "LocalServers", "Logging", "NIOCore", "NIOHTTP1", "NIOSSL", "PostgresDriver", "SQLStore",
                "SQLiteDriver", "TestSupport", "errand",
            ]
        ),
        tests("InterchangeTests", needs: ["CivilTime", "Interchange", "Recurrence", "TestSupport"]),
        tests("ErrandClientTests", needs: ["CivilTime", "ErrandClient", "ErrandCore"]),
        tests("ErrandCoreTests", needs: ["CivilTime", "ErrandCore", "Recurrence", "TestSupport"]),
        tests(
            "EventTests",
            needs: [
                "AuditService", "CivilTime", "Crypto", "ErrandCore", "EventDelivery", "NotificationService",
                "Recurrence", "RecurrenceService", "SQLStore", "SQLiteDriver", "TestSupport",
            ]
        ),
        tests(
            "FakeSidecarTests",
            needs: [
                "CivilTime", "ErrandCore", "FakeSidecar", "HTTPTypes", "Hummingbird", "Logging", "NIOCore",
                "ServiceLifecycle",
            ]
        ),
        tests(
            "FrontendTests",
            needs: [
                "ErrandCore", "ErrandHTTP", "FrontendService", "HTTPTypes", "Hummingbird", "Logging", "NIOCore",
                "TestSupport",
            ]
        ),
        tests(
            "HTTPCallsTests",
            needs: ["ErrandHTTP", "HTTPCalls", "HTTPTypes", "LocalServers", "NIOCore", "NIOHTTP1", "NIOPosix"]
        ),
        tests("InterpreterTests", needs: ["CivilTime", "Interpreter", "Recurrence", "TaskLanguage"]),
        tests(
            "KafkaBusTests",
            needs: [
                "CKafka", "CivilTime", "ErrandCore", "EventDelivery", "KafkaBus", "KafkaMock", "SQLStore",
                "SQLiteDriver", "TestSupport",
            ]
        ),
        tests(
            "LanguageModelsTests",
            needs: [
                "CivilTime", "ErrandCore", "HTTPCalls", "HTTPTypes", "LanguageModels", "NIOCore", "NIOHTTP1",
                "NIOPosix",
            ]
        ),
        tests(
            "LiveTests",
            needs: [
                "CivilTime", "ErrandCore", "EventDelivery", "LiveService", "Logging", "SQLStore", "SQLiteDriver",
                "TestSupport",
            ]
        ),
        tests("MailChannelTests", needs: ["CCurl", "CivilTime", "ErrandCore", "MailChannel", "TaskLanguage"]),
        tests("ModelContextProtocolTests", needs: ["ErrandCore", "ModelContextProtocol"]),
        tests(
            "OperationsTests",
            needs: [
                "CivilTime", "ErrandCore", "Interchange", "Recurrence", "SQLStore", "SQLiteDriver", "TestSupport",
            ]
        ),
        tests(
            "PushChannelsTests",
            needs: [
                "CivilTime", "Crypto", "ErrandCore", "HTTPCalls", "HTTPTypes", "LocalServers", "NIOHTTP1",
                "PushChannels",
                "SignedTokens", "SignedWebhooks", "TaskLanguage", "WebPush",
            ]
        ),
        tests("RecurrenceTests", needs: ["CivilTime", "Recurrence", "TestSupport"]),
        tests(
            "SQLStoreTests",
            needs: [
                "BlockingThreads", "CivilTime", "ErrandCore", "GRDB", "PostgresDriver", "SQLStore", "SQLiteDriver",
                "TestSupport",
            ]
        ),
        tests("TaskLanguageTests", needs: ["CivilTime", "Recurrence", "TaskLanguage", "TestSupport"]),
        tests("SignedWebhooksTests", needs: ["CivilTime", "SignedWebhooks"]),
        tests("SignedTokensTests", needs: ["CivilTime", "Crypto", "ErrandCore", "SignedTokens"]),
        tests("TelemetryTests", needs: ["CoreMetrics", "Logging", "Telemetry"]),
        tests("TidyTests"),
        tests("WebTextTests", needs: ["WebText"]),
        tests("WebDAVTests", needs: ["WebDAV"]),
        tests("WebPushTests", needs: ["CivilTime", "Crypto", "ErrandCore", "SignedTokens", "WebPush"]),
        tests(
            "WebSocketsTests",
            needs: [
                "HTTPTypes", "Hummingbird", "HummingbirdCore", "Logging", "NIOCore", "NIOEmbedded", "NIOPosix",
                "ServiceLifecycle", "WebSockets",
            ]
        ),
    ]
)
