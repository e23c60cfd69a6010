import Hummingbird
package import Logging
package import Observability
package import Operations
import ServiceLifecycle

// DESIGN
//
// 1. Order at shutdown: readiness turns false, the API takes no new connections and lets open
//    requests end (`drain` at most), then `/metrics` goes.
// 2. Two listeners: metrics are for the machine's own eyes unless told otherwise.

/// The HTTP API: listens until it is told to stop.
package struct APIServer: Service {
    private let services: APIServices
    private let registry: PrometheusRegistry
    private let recent: RecentRequests?
    private let logger: Logger
    /// Told the bound port of the API, once, when all listeners are bound; for port 0.
    package var onListening: @Sendable (Int) async -> Void = { _ in }

    package init(
        configuration: APIConfiguration,
        environment: Operations.Environment,
        readiness: @escaping @Sendable () async -> Readiness,
        metrics: PrometheusRegistry,
        recent: RecentRequests? = nil,
        logger: Logger
    ) {
        services = APIServices(
            environment: environment,
            configuration: configuration,
            readiness: readiness
        )
        registry = metrics
        self.recent = recent
        self.logger = logger
    }

    /// The OpenAPI document as text.
    package static func openAPI(version: String) -> String {
        String(
            decoding: OpenAPIDocument(table: .all, version: version).json.bytes,
            as: UTF8.self
        )
    }

    /// Serves until a graceful shutdown is done, or until the task is cancelled.
    package func run() async throws {
        let listeners = Listeners(services: services, registry: registry, logger: logger)
        let count = services.configuration.adminAddress == nil ? 1 : 2
        let report = ListeningReport(of: count, onListening)
        let api = try listeners.api(router: router(), report: report)
        // The last one stops first.
        let parts: [any Service] = [
            RateExchange(services: services, logger: logger), listeners.admin(report: report), api,
        ].compactMap { $0 }
        var configuration = ServiceGroupConfiguration(
            services: parts,
            logger: logger.forServiceGroups
        )
        configuration.maximumGracefulShutdownDuration = services.configuration.deadlines.drain
        let group = ServiceGroup(configuration: configuration)
        try await withGracefulShutdownHandler {
            try await group.run()
        } onGracefulShutdown: {
            services.shutdown.set()
        }
    }

    /// The routes with everything around them, without a socket.
    func router() -> Router<APIContext> {
        RouteTable.all.router(services, metrics: RequestMetrics(registry: registry, recent: recent))
    }
}
