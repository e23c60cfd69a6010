import Hummingbird
package import Logging
package import Observability
import ServiceLifecycle

/// `/metrics` alone, for a process that serves nothing else.
package struct MetricsServer: Service {
    private let address: ListenAddress
    private let registry: PrometheusRegistry
    private let logger: Logger

    package init(address: ListenAddress, registry: PrometheusRegistry, logger: Logger) {
        self.address = address
        self.registry = registry
        self.logger = logger
    }

    package func run() async throws {
        let router = Router()
        router.get("/metrics") { [registry] _, _ in
            Response(
                status: .ok,
                headers: [.contentType: PrometheusRegistry.contentType, .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: registry.render()))
            )
        }
        try await Application(
            router: router,
            configuration: .init(address: .hostname(address.host, port: address.port)),
            logger: logger
        ).run()
    }
}
