import Delivery
import Logging
import Observability
import Operations
import Worker

/// What this installation's worker does.
struct Errands {
    /// The service that does it; `environment` has pools of its own, so that work takes no
    /// connection from a request.
    static func service(
        _ runtime: Runtime,
        environment: Operations.Environment,
        registry: PrometheusRegistry
    ) throws -> WorkerService {
        let office = try runtime.settings.mail.office()
        runtime.logger.info(
            "mails leave by the transport \(office.transport.name)",
            metadata: ["transport": "\(office.transport.name)"]
        )
        return WorkerService(
            errands: [
                .mail(DeliverMails(environment, office: office)),
                .mailPruning(PruneMails(environment)),
            ],
            metrics: JobMetrics(registry: registry),
            logger: runtime.logger
        )
    }
}
