import Logging
import Observability
import Operations
import ServiceLifecycle
import Worker

// DESIGN
//
// 1. Signs of life have a connection of their own: sums and reconciliations take as long as they
//    like, and no call runs out meanwhile.
// 2. This is stopped behind the API: the ends of its calls are waited for, as long as requests may
//    take at the end.

/// Keeps the books of AI use in order, in every process that serves or works.
struct LedgerKeeping: Service {
    private let worker: WorkerService
    private let leadership: Leadership
    private let pulse: Operations.Environment
    private let patience: Duration
    private let logger: Logger

    init(
        _ runtime: Runtime,
        environment: Operations.Environment,
        registry: PrometheusRegistry
    ) throws {
        let leadership = Leadership(try runtime.target.writer(), lock: "ghostworks.ledger")
        let pulse = try runtime.pulse()
        self.leadership = leadership
        self.pulse = pulse
        patience = runtime.settings.http.shutdownTimeout
        logger = runtime.logger
        worker = WorkerService(
            name: "ledger keeping",
            errands: Errand.ledger(
                environment,
                pulse: pulse,
                metrics: LedgerMetrics(registry: registry),
                callDays: runtime.settings.ai.callDays,
                leads: { await leadership.isHeld() }
            ),
            metrics: JobMetrics(registry: registry),
            logger: runtime.logger
        )
    }

    func run() async throws {
        try await worker.run()
        // In a task of its own: a group that was cancelled waits for the ends of calls, too.
        await Task { await end() }.value
    }

    private func end() async {
        let left = await DrainCalls(pulse)(within: patience)
        if left > 0 {
            logger.warning(
                "calls to models are left to the sweeper",
                metadata: ["calls": "\(left)"]
            )
        }
        for call in pulse.calls.takeRestored() {
            logger.warning(
                "a call that the database had lost was written down again",
                metadata: ["call": "\(call.id)", "tenant": "\(call.tenant)"]
            )
        }
        await leadership.resign()
        await pulse.database.close()
    }
}
