import Logging
import Observability
import Operations
import ServiceLifecycle
import Worker

/// Keeps the books of AI use in order, in every process that serves or works.
struct LedgerKeeping: Service {
    private let worker: WorkerService
    private let leadership: Leadership

    init(
        _ runtime: Runtime,
        environment: Operations.Environment,
        registry: PrometheusRegistry
    ) throws {
        let leadership = Leadership(try runtime.target.writer(), lock: "ghostworks.ledger")
        self.leadership = leadership
        worker = WorkerService(
            name: "ledger keeping",
            errands: Errand.ledger(
                environment,
                metrics: LedgerMetrics(registry: registry),
                leads: { await leadership.isHeld() }
            ),
            metrics: JobMetrics(registry: registry),
            logger: runtime.logger
        )
    }

    func run() async throws {
        try await worker.run()
        await leadership.resign()
    }
}
