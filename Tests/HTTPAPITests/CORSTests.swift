import Domain
import Fixtures
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Observability
import Operations
import Testing

@testable import HTTPAPI

/// Pages of other origins.
struct `Other origins` {
    private static let app = "https://app.example.org"
    private static let preflight: HTTPFields = [
        .origin: app, .accessControlRequestMethod: "POST",
        .accessControlRequestHeaders: "authorization, content-type",
    ]

    @Test func `are let in by name only`() async throws {
        try await Self.with([Self.app]) { send in
            let allowed = try await send(.options, "/api/v1/artifacts", Self.preflight)
            #expect(allowed.status == .noContent)
            #expect(allowed.headers[.accessControlAllowOrigin] == Self.app)
            #expect(allowed.headers[.accessControlAllowCredentials] == "true")
            #expect(allowed.headers[.accessControlAllowMethods] == "GET, HEAD, POST")
            #expect(allowed.headers[.accessControlAllowHeaders]?.contains("If-Match") == true)
            #expect(allowed.headers[.vary] == "Origin")
            let read = try await send(.get, "/livez", [.origin: Self.app])
            #expect(read.headers[.accessControlAllowOrigin] == Self.app)
            #expect(read.headers[.accessControlExposeHeaders]?.contains("ETag") == true)
            for origin in ["https://evil.example", "null", Self.app + ".evil.example"] {
                var fields = Self.preflight
                fields[.origin] = origin
                let refused = try await send(.options, "/api/v1/artifacts", fields)
                #expect(refused.status == .methodNotAllowed)
                #expect(refused.headers[.accessControlAllowOrigin] == nil)
                #expect(refused.headers[.vary] == "Origin")
            }
            let nowhere = try await send(.options, "/nowhere", Self.preflight)
            #expect(nowhere.status == .notFound)
        }
    }

    @Test func `are strangers unless the setting names them`() async throws {
        try await Self.with([]) { send in
            let refused = try await send(.options, "/api/v1/artifacts", Self.preflight)
            #expect(refused.status == .methodNotAllowed)
            let read = try await send(.get, "/livez", [.origin: Self.app])
            #expect(read.status == .ok)
            #expect(read.headers[.accessControlAllowOrigin] == nil)
            #expect(read.headers[.vary] == nil)
        }
    }

    private typealias Send =
        @Sendable (HTTPRequest.Method, String, HTTPFields) async throws -> TestResponse

    private static func with(
        _ origins: Set<String>,
        _ body: @Sendable @escaping (Send) async throws -> Void
    ) async throws {
        try await Fixture.with { fixture in
            var configuration = APIConfiguration.local()
            configuration.allowedOrigins = origins
            let services = APIServices(
                environment: fixture.environment,
                configuration: configuration,
                readiness: { .ready }
            )
            let router = RouteTable.all.router(
                services,
                metrics: RequestMetrics(registry: PrometheusRegistry())
            )
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            let application = Application(router: router, logger: logger)
            try await application.test(.router) { client in
                try await body { method, path, headers in
                    try await client.executeRequest(
                        uri: path,
                        method: method,
                        headers: headers,
                        body: nil
                    )
                }
            }
        }
    }
}
