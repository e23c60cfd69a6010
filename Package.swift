// swift-tools-version: 6.2
import PackageDescription

// The floors of docs/architecture.md, lowest first: an import may only go down.
// `.ci/floors` reads every import of Sources and holds it against the same edges.

let argumentParser = Target.Dependency.product(
    name: "ArgumentParser",
    package: "swift-argument-parser"
)
let configuration = Target.Dependency.product(
    name: "Configuration",
    package: "swift-configuration"
)
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let coreMetrics = Target.Dependency.product(name: "CoreMetrics", package: "swift-metrics")
let tracing = Target.Dependency.product(name: "Tracing", package: "swift-distributed-tracing")
let lifecycle = Target.Dependency.product(
    name: "ServiceLifecycle",
    package: "swift-service-lifecycle"
)
let unixSignals = Target.Dependency.product(
    name: "UnixSignals",
    package: "swift-service-lifecycle"
)
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(
    name: "HummingbirdTesting",
    package: "hummingbird"
)
let jwtKit = Target.Dependency.product(name: "JWTKit", package: "jwt-kit")
let asyncHTTPClient = Target.Dependency.product(
    name: "AsyncHTTPClient",
    package: "async-http-client"
)
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "ghostworks",
    products: [
        .executable(name: "ghostworks", targets: ["ghostworks"]),
        .library(name: "Postgres", targets: ["Postgres"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(
            url: "https://github.com/apple/swift-configuration",
            exact: "1.4.0",
            traits: [.defaults, "YAML"]
        ),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", exact: "2.13.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", exact: "1.7.3"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/vapor/jwt-kit", exact: "5.7.1"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    ],
    targets: [
        // Floor 0: system libraries.
        .systemLibrary(name: "CNcurses"),
        .systemLibrary(name: "CLibPQ"),
        .systemLibrary(name: "COpenSSL"),
        .systemLibrary(name: "CCrypt"),
        .systemLibrary(name: "CFriBidi"),
        .systemLibrary(name: "CCurl"),
        .systemLibrary(name: "CLinux"),

        // Floor 1: libraries that have never heard of this product.
        .target(name: "Terminal", dependencies: ["CFriBidi", yams]),
        .target(name: "Ncurses", dependencies: ["CNcurses", "Terminal"]),
        .target(name: "Postgres", dependencies: ["CLibPQ", logging]),
        .target(name: "Sealing", dependencies: ["COpenSSL", "CCrypt", "CLinux"]),
        .target(name: "Observability", dependencies: [logging, metrics, coreMetrics, tracing]),
        .target(
            name: "Themes",
            path: "Themes",
            resources: [
                .embedInCode("ghost.yaml"), .embedInCode("paper.yaml"),
                .embedInCode("midnight.yaml"), .embedInCode("sepia.yaml"),
                .embedInCode("ocean.yaml"), .embedInCode("heron.yaml"),
                .embedInCode("contrast.yaml"), .embedInCode("mono.yaml"),
            ]
        ),
        .target(name: "Migrations", path: "migrations", resources: [.embedInCode("sql")]),

        // Floor 2: values and rules.
        .target(name: "Domain"),

        // Floor 3: ways in and out.
        .target(name: "Storage", dependencies: ["Domain", "Postgres", "Sealing"]),
        .target(name: "Schema", dependencies: ["Postgres"]),
        .target(name: "Cluster", dependencies: ["Postgres"]),
        .target(name: "Delivery", dependencies: ["Domain", "CCurl", asyncHTTPClient, mustache]),
        .target(name: "Inference", dependencies: ["Domain", asyncHTTPClient]),
        .target(name: "OpenID", dependencies: ["Domain", "Sealing", asyncHTTPClient, jwtKit]),

        // Floor 4: what the product can do.
        .target(
            name: "Operations",
            dependencies: [
                "Domain", "Storage", "Delivery", "Inference", "OpenID", "Sealing", "Observability",
                jwtKit,
            ]
        ),

        // Floor 5: the doors.
        .target(name: "Console", dependencies: ["Domain", "Terminal"]),
        .target(
            name: "HTTPAPI",
            dependencies: [
                "Domain", "Operations", "Observability", hummingbird, hummingbirdTLS,
            ]
        ),

        .target(
            name: "Worker",
            dependencies: ["Domain", "Operations", "Observability", lifecycle, logging]
        ),

        // Floor 6: the executable.
        .executableTarget(
            name: "ghostworks",
            dependencies: [
                "Cluster", "Console", "Delivery", "Domain", "HTTPAPI", "Inference", "Migrations",
                "Ncurses", "Observability", "OpenID", "Operations", "Postgres", "Schema",
                "Sealing", "Storage", "Terminal", "Themes", "Worker", argumentParser,
                configuration, hummingbirdTLS, lifecycle, logging, metrics, unixSignals, yams,
            ]
        ),
        .testTarget(
            name: "TerminalTests",
            dependencies: ["Support", "Terminal", "Themes"],
            exclude: ["Bidi", "Screens"]
        ),
        .executableTarget(
            name: "NcursesProbe",
            dependencies: ["Ncurses", "Terminal", "Themes"],
            path: "Tests/NcursesProbe"
        ),
        .executableTarget(
            name: "LedgerProbe",
            dependencies: ["Domain", "Postgres", "Sealing", "Storage", logging],
            path: "Tests/LedgerProbe"
        ),
        .testTarget(
            name: "ConsoleTests",
            dependencies: ["Console", "Domain", "Ncurses", "Support", "Terminal", "Themes"],
            exclude: ["Screens"]
        ),
        .testTarget(
            name: "NcursesTests",
            dependencies: ["Ncurses", "NcursesProbe", "Terminal", "Themes", "Support"]
        ),
        .testTarget(name: "SealingTests", dependencies: ["Sealing"]),
        .testTarget(name: "DomainTests", dependencies: ["Domain"]),
        .testTarget(
            name: "OpenIDTests",
            dependencies: ["Domain", "OpenID", "Sealing", "Support", jwtKit]
        ),
        .testTarget(
            name: "InferenceTests",
            dependencies: ["Domain", "Inference", "Support"],
            exclude: ["Corpus"]
        ),
        .testTarget(
            name: "SchemaTests",
            dependencies: ["Migrations", "Postgres", "Schema", "Support"]
        ),
        .testTarget(name: "ClusterTests", dependencies: ["Cluster", "Postgres"]),
        .testTarget(
            name: "ObservabilityTests",
            dependencies: ["Observability", logging, metrics, coreMetrics, tracing]
        ),

        .testTarget(
            name: "HTTPAPITests",
            dependencies: [
                "Domain", "Fixtures", "HTTPAPI", "Inference", "Observability", "OpenID",
                "Operations", "Postgres", "Sealing", "Support", hummingbird, hummingbirdTesting,
                lifecycle, logging,
            ],
            exclude: ["Exchanges"]
        ),

        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "Domain", "Fixtures", "Postgres", "Support", "Terminal", "ghostworks",
            ],
            exclude: ["Contract", "Stories"]
        ),

        // Tests.
        .target(
            name: "Support",
            dependencies: ["Postgres", "Sealing", "Terminal", jwtKit],
            path: "Tests/Support",
            exclude: ["Cognito/cognito.py"]
        ),
        .target(
            name: "Fixtures",
            dependencies: [
                "Domain", "HTTPAPI", "Inference", "Migrations", "Observability", "OpenID",
                "Operations", "Postgres", "Schema", "Sealing", "Storage", "Support", lifecycle,
                logging,
            ],
            path: "Tests/Fixtures"
        ),
        .testTarget(
            name: "StorageTests",
            dependencies: ["Domain", "Fixtures", "Operations", "Postgres", "Sealing", "Storage"]
        ),
        .testTarget(
            name: "OperationsTests",
            dependencies: [
                "Delivery", "Domain", "Fixtures", "Inference", "OpenID", "Operations", "Postgres",
                "Sealing", "Storage", "Support", jwtKit,
            ]
        ),
        .testTarget(
            name: "IsolationTests",
            dependencies: [
                "Domain", "Fixtures", "Operations", "Postgres", "Sealing", "Storage", "Support",
            ]
        ),
        .testTarget(
            name: "FaultTests",
            dependencies: [
                "Domain", "Fixtures", "HTTPAPI", "LedgerProbe", "Observability", "Operations",
                "Postgres",
                "Sealing", "Storage", "Support", lifecycle, logging,
            ]
        ),
        .testTarget(name: "PostgresTests", dependencies: ["Postgres", "Support", logging]),
        .testTarget(name: "DeliveryTests", dependencies: ["Delivery", "Domain", "Support"]),
        .testTarget(
            name: "WorkerTests",
            dependencies: [
                "Domain", "Fixtures", "Observability", "Operations", "Support", "Worker",
                lifecycle, logging,
            ]
        ),
    ]
)

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0335-existential-any.md
    .enableUpcomingFeature("ExistentialAny"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0409-access-level-on-imports.md
    .enableUpcomingFeature("InternalImportsByDefault"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0444-member-import-visibility.md
    .enableUpcomingFeature("MemberImportVisibility"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0461-async-function-isolation.md
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0470-isolated-conformances.md
    .enableUpcomingFeature("InferIsolatedConformances"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0481-weak-let.md
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .treatAllWarnings(as: .error),
]

for target in package.targets where target.type != .system {
    target.swiftSettings = (target.swiftSettings ?? []) + settings
}
