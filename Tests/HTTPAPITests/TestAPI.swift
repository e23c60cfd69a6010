import Domain
import Fixtures
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Observability
import OpenID
import Operations

@testable import HTTPAPI

/// The API over a database of one test, without a socket.
struct TestAPI: Sendable {
    let fixture: Fixture
    let services: APIServices
    let registry: PrometheusRegistry
    let client: any TestClientProtocol

    static func with(
        readiness: @escaping @Sendable () async -> Readiness = { .ready },
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        issuers: Issuers = .none,
        _ body: @Sendable @escaping (TestAPI) async throws -> Void
    ) async throws {
        try await Fixture.with(issuers: issuers) { fixture in
            try await run(fixture, readiness: readiness, logger: logger, body)
        }
    }

    /// The same with key files of its own, which may be rotated.
    static func withKeys(
        _ body: @Sendable @escaping (TestAPI, KeyDesk) async throws -> Void
    ) async throws {
        try await Fixture.with { fixture in
            try await KeyDesk.with(fixture) { desk in
                try await run(fixture, keys: desk.places) { try await body($0, desk) }
            }
        }
    }

    static func run(
        _ fixture: Fixture,
        keys: KeyPlaces? = nil,
        readiness: @escaping @Sendable () async -> Readiness = { .ready },
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        _ body: @Sendable @escaping (TestAPI) async throws -> Void
    ) async throws {
        let exports = FileManager.default.temporaryDirectory.path + "/gw-api-\(UUID())"
        defer { try? FileManager.default.removeItem(atPath: exports) }
        var configuration = APIConfiguration.local(exports: ExportFolder(path: exports))
        configuration.keys = keys
        let services = APIServices(
            environment: fixture.environment,
            configuration: configuration,
            readiness: readiness
        )
        let registry = PrometheusRegistry()
        let router = RouteTable.all.router(services, metrics: RequestMetrics(registry: registry))
        let application = Application(router: router, logger: logger)
        try await application.test(.router) { client in
            try await body(
                TestAPI(fixture: fixture, services: services, registry: registry, client: client)
            )
        }
    }

    /// The same over a socket of this machine, with limits.
    static func with(
        rates: RateLimits,
        proxies: [String],
        _ body: @Sendable @escaping (TestAPI) async throws -> Void
    ) async throws {
        let exports = FileManager.default.temporaryDirectory.path + "/gw-api-\(UUID())"
        defer { try? FileManager.default.removeItem(atPath: exports) }
        try await Fixture.with { fixture in
            let services = APIServices(
                environment: fixture.environment,
                configuration: .local(rates: rates, proxies: proxies),
                readiness: { .ready }
            )
            let registry = PrometheusRegistry()
            let router = RouteTable.all.router(
                services,
                metrics: RequestMetrics(registry: registry)
            )
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            try await Application(router: router, logger: logger).test(.live) { client in
                try await body(
                    TestAPI(
                        fixture: fixture,
                        services: services,
                        registry: registry,
                        client: client
                    )
                )
            }
        }
    }

    /// Sends a request; `body` is JSON text.
    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        token: String? = nil,
        headers: HTTPFields = [:],
        body: String? = nil
    ) async throws -> Reply {
        var headers = headers
        if let token { headers[.authorization] = "Bearer \(token)" }
        if body != nil, headers[.contentType] == nil {
            headers[.contentType] = "application/json"
        }
        let response = try await client.executeRequest(
            uri: path,
            method: method,
            headers: headers,
            body: body.map { ByteBuffer(string: $0) }
        )
        return Reply(
            status: Int(response.status.code),
            headers: response.headers,
            text: String(buffer: response.body)
        )
    }

    /// Signs in over HTTP.
    func token(_ email: String, workspace: String? = nil) async throws -> String {
        let workspace = workspace.map { ",\"workspace\":\"\($0)\"" } ?? ""
        let reply = try await send(
            .post,
            "/api/v1/auth/login",
            body: """
                {"email":"\(email)","password":"\(Fixture.password)"\(workspace)}
                """
        )
        return try reply.text("access_token")
    }
}

/// An answer as tests look at it.
struct Reply: Sendable {
    let status: Int
    let headers: HTTPFields
    let text: String

    struct Missing: Error {
        let name: String
        let reply: String
    }

    func json() throws -> JSONValue {
        try JSONReader.read(Array(text.utf8))
    }

    func text(_ name: String) throws -> String {
        guard case .string(let value) = try json()[name] else {
            throw Missing(name: name, reply: text)
        }
        return value
    }

    /// A member of the page's envelope.
    func page(_ name: String) throws -> JSONValue? {
        try json()["page"]?[name]
    }

    func items() throws -> [JSONValue] {
        guard case .array(let items) = try json()["items"] else {
            throw Missing(name: "items", reply: text)
        }
        return items
    }

    var error: String? { try? text("error") }
}
