package import Domain
package import HTTPAPI
package import Logging
import Observability
package import Operations
import Sealing
package import ServiceLifecycle

/// The API on a socket while a body runs.
package struct ServedAPI: Sendable {
    package let port: Int
    package let group: ServiceGroup

    /// Runs the server on any free port and then a body; returns when the server has stopped.
    package static func run(
        _ configuration: APIConfiguration,
        _ environment: Environment,
        readiness: @escaping @Sendable () async -> Readiness = { .ready },
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        _ body: (ServedAPI) async throws -> Void
    ) async throws {
        let (ports, listening) = AsyncStream<Int>.makeStream()
        var server = APIServer(
            configuration: configuration,
            environment: environment,
            readiness: readiness,
            metrics: PrometheusRegistry(),
            logger: logger
        )
        server.onListening = { port in
            listening.yield(port)
            listening.finish()
        }
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(services: [server], logger: logger)
        )
        async let running: Void = group.run()
        for await port in ports { try await body(ServedAPI(port: port, group: group)) }
        await group.triggerGracefulShutdown()
        try await running
    }
}

extension APIDeadlines {
    /// For tests of something else than deadlines, on a machine that has much to do.
    package static let patient = APIDeadlines(
        idle: .seconds(120),
        head: .seconds(120),
        request: .seconds(120),
        body: .seconds(120),
        response: .seconds(120),
        drain: .seconds(120)
    )
}

extension APIConfiguration {
    /// Any free port of this machine, without a second one for the metrics.
    package static func local(
        exports: ExportFolder = ExportFolder(path: "/nonexistent"),
        limits: APILimits = APILimits(),
        deadlines: APIDeadlines = .patient,
        rates: RateLimits = .none,
        proxies: [String] = []
    ) -> APIConfiguration {
        APIConfiguration(
            address: ListenAddress(host: "127.0.0.1", port: 0),
            adminAddress: nil,
            cursors: CursorSealer(key: .random(count: 32)),
            exports: exports,
            version: "0.1.0",
            limits: limits,
            deadlines: deadlines,
            rates: rates,
            proxies: TrustedProxies(proxies.compactMap { AddressRange($0) })
        )
    }
}
