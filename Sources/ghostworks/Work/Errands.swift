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
        let exports = ExportFolder(path: runtime.settings.folders.exports)
        return WorkerService(
            errands: [
                .mail(DeliverMails(environment, office: office)),
                .mailPruning(PruneMails(environment)),
                .exports(RunExport(environment, folder: exports)),
                .exportPruning(ExpireExports(environment, folder: exports)),
                .purging(
                    PurgeTenants(environment),
                    days: runtime.settings.identity.purgeDays
                ),
            ],
            metrics: JobMetrics(registry: registry),
            logger: runtime.logger
        )
    }
}
