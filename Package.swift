// swift-tools-version: 6.2
import PackageDescription

/// One list for every target: nothing is warned about and left.
var settings: [SwiftSetting] {
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

let package = Package(
    name: "errand",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "errand", targets: ["errand"]),
        .library(
            name: "ErrandParts",
            targets: [
                "AuditService", "CivilTime", "ErrandCore", "NotificationService", "RecurrenceService", "SQLStore",
                "SQLiteDriver", "PostgresDriver",
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
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // Core
        .target(name: "CivilTime", path: "Sources/Core/CivilTime", swiftSettings: settings),
        .target(
            name: "Recurrence", dependencies: ["CivilTime"], path: "Sources/Core/Recurrence", swiftSettings: settings
        ),
        .target(
            name: "TaskLanguage", dependencies: ["CivilTime", "Recurrence"], path: "Sources/Core/TaskLanguage",
            swiftSettings: settings
        ),
        .target(
            name: "ErrandCore", dependencies: ["CivilTime", "Recurrence", "TaskLanguage"],
            path: "Sources/Core/ErrandCore", swiftSettings: settings
        ),
        // Kits
        .target(name: "BlockingThreads", path: "Sources/Kits/BlockingThreads", swiftSettings: settings),
        .target(
            name: "ErrandClient",
            dependencies: [
                "CivilTime", "ErrandCore",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOFoundationCompat", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            path: "Sources/Kits/ErrandClient", swiftSettings: settings
        ),
        .target(
            name: "ErrandHTTP",
            dependencies: [
                "CivilTime", "ErrandCore",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            path: "Sources/Kits/ErrandHTTP", swiftSettings: settings
        ),
        .target(
            name: "Telemetry",
            dependencies: [
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Sources/Kits/Telemetry", swiftSettings: settings
        ),
        .target(
            name: "WebSockets",
            dependencies: [
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
            ],
            path: "Sources/Kits/WebSockets", swiftSettings: settings
        ),
        .target(name: "CWebAssets", path: "Sources/Kits/CWebAssets"),
        .systemLibrary(
            name: "CArgon2", path: "Sources/Kits/CArgon2", pkgConfig: "libargon2",
            providers: [.apt(["libargon2-dev"])]
        ),
        // Services
        .target(
            name: "APIService",
            dependencies: [
                "CArgon2", "CivilTime", "ErrandCore", "ErrandHTTP",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            path: "Sources/Services/APIService", swiftSettings: settings
        ),
        .target(
            name: "FrontendService",
            dependencies: [
                "CWebAssets", "ErrandHTTP",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            path: "Sources/Services/FrontendService", swiftSettings: settings
        ),
        .target(
            name: "RecurrenceService", dependencies: ["CivilTime", "ErrandCore"],
            path: "Sources/Services/RecurrenceService", swiftSettings: settings
        ),
        .target(
            name: "NotificationService", dependencies: ["CivilTime", "ErrandCore"],
            path: "Sources/Services/NotificationService", swiftSettings: settings
        ),
        .target(
            name: "AuditService",
            dependencies: ["CivilTime", "ErrandCore", .product(name: "Crypto", package: "swift-crypto")],
            path: "Sources/Services/AuditService", swiftSettings: settings
        ),
        .target(
            name: "LiveService",
            dependencies: [
                "CivilTime", "ErrandCore", "ErrandHTTP", "WebSockets",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            path: "Sources/Services/LiveService", swiftSettings: settings
        ),
        // Adapters
        .target(
            name: "SQLStore", dependencies: ["CivilTime", "ErrandCore"], path: "Sources/Adapters/SQLStore",
            swiftSettings: settings
        ),
        .target(
            name: "SQLiteDriver",
            dependencies: [
                "BlockingThreads", "CivilTime", "ErrandCore", "SQLStore",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            path: "Sources/Adapters/SQLiteDriver", swiftSettings: settings
        ),
        .systemLibrary(
            name: "CLibpq", path: "Sources/Adapters/CLibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]
        ),
        .target(
            name: "PostgresDriver", dependencies: ["BlockingThreads", "CLibpq", "CivilTime", "ErrandCore", "SQLStore"],
            path: "Sources/Adapters/PostgresDriver", swiftSettings: settings
        ),
        .systemLibrary(
            name: "CKafka", path: "Sources/Adapters/CKafka", pkgConfig: "rdkafka",
            providers: [.apt(["librdkafka-dev"])]
        ),
        .target(
            name: "KafkaBus", dependencies: ["BlockingThreads", "CKafka", "CivilTime", "ErrandCore"],
            path: "Sources/Adapters/KafkaBus", swiftSettings: settings
        ),
        .target(
            name: "DaprBus",
            dependencies: [
                "CivilTime", "ErrandCore", "ErrandHTTP",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            path: "Sources/Adapters/DaprBus", swiftSettings: settings
        ),
        // For tests only
        .target(name: "KafkaMock", dependencies: ["CKafka"], swiftSettings: settings),
        .target(
            name: "TestSupport", dependencies: ["CivilTime", "ErrandCore", "Recurrence"], swiftSettings: settings
        ),
        .target(
            name: "FakeSidecar",
            dependencies: [
                "CivilTime", "ErrandCore",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "errand",
            dependencies: [
                "APIService", "AuditService", "CivilTime", "ErrandClient", "ErrandCore", "ErrandHTTP",
                "DaprBus", "FrontendService", "KafkaBus", "LiveService", "NotificationService", "PostgresDriver",
                "RecurrenceService", "SQLStore", "SQLiteDriver", "Telemetry", "WebSockets",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "SQLStoreTests",
            dependencies: [
                "CivilTime", "ErrandCore", "PostgresDriver", "SQLStore", "SQLiteDriver", "TestSupport",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: settings
        ),
        .testTarget(name: "CivilTimeTests", dependencies: ["CivilTime"], swiftSettings: settings),
        .testTarget(
            name: "RecurrenceTests", dependencies: ["CivilTime", "Recurrence", "TestSupport"], swiftSettings: settings
        ),
        .testTarget(
            name: "TaskLanguageTests", dependencies: ["CivilTime", "Recurrence", "TaskLanguage", "TestSupport"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ErrandCoreTests", dependencies: ["CivilTime", "ErrandCore", "TestSupport"], swiftSettings: settings
        ),
        .testTarget(
            name: "EventTests",
            dependencies: [
                "AuditService", "CivilTime", "ErrandCore", "NotificationService", "Recurrence", "RecurrenceService",
                "SQLStore", "SQLiteDriver", "TestSupport", .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "KafkaBusTests",
            dependencies: [
                "CKafka", "CivilTime", "ErrandCore", "KafkaBus", "KafkaMock", "SQLStore", "SQLiteDriver",
                "TestSupport",
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "APITests",
            dependencies: [
                "APIService", "AuditService", "CivilTime", "ErrandCore", "ErrandHTTP", "FrontendService",
                "NotificationService", "PostgresDriver", "RecurrenceService", "SQLStore", "SQLiteDriver",
                "TestSupport",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "CivilTime", "DaprBus", "ErrandCore", "FakeSidecar", "KafkaMock", "PostgresDriver", "SQLStore",
                "SQLiteDriver", "TestSupport", "errand",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "TelemetryTests",
            dependencies: [
                "Telemetry", .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "LiveTests",
            dependencies: [
                "CivilTime", "ErrandCore", "LiveService", "SQLStore", "SQLiteDriver", "TestSupport",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "DaprBusTests",
            dependencies: [
                "CivilTime", "DaprBus", "ErrandCore", "ErrandHTTP", "FakeSidecar", "SQLStore", "SQLiteDriver",
                "TestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "WebSocketsTests",
            dependencies: [
                "WebSockets",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "FakeSidecarTests",
            dependencies: [
                "CivilTime", "ErrandCore", "FakeSidecar",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "FrontendTests",
            dependencies: [
                "ErrandCore", "ErrandHTTP", "FrontendService",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: settings
        ),
        .testTarget(name: "TidyTests", swiftSettings: settings),
        .testTarget(
            name: "ErrandClientTests", dependencies: ["CivilTime", "ErrandClient", "ErrandCore"],
            swiftSettings: settings
        ),
    ]
)
