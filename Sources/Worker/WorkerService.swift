package import Logging
package import Observability
import ServiceLifecycle

// DESIGN
//
// 1. Each errand has a loop of its own, so a slow mail server delays no export.
// 2. A turn that fails is logged and tried again after the pause; it never ends the process.
// 3. Graceful shutdown ends the pauses at once and lets the turns that run come to their end.
// 4. Work is found by asking, not by NOTIFY: a notification in the transaction of a request would
//    make all commits wait for each other.

/// Runs errands until the process shuts down.
package struct WorkerService: Service {
    private let name: String
    private let errands: [Errand]
    private let metrics: JobMetrics
    private let logger: Logger

    package init(
        name: String = "worker",
        errands: [Errand],
        metrics: JobMetrics,
        logger: Logger
    ) {
        self.name = name
        self.errands = errands
        self.metrics = metrics
        self.logger = logger
    }

    package func run() async throws {
        let names = errands.map(\.name).joined(separator: ", ")
        logger.info("\(name) is ready", metadata: ["errands": "\(names)"])
        await withTaskGroup { group in
            for errand in errands { group.addTask { await loop(errand) } }
        }
        logger.info("\(name) has stopped")
    }

    private func loop(_ errand: Errand) async {
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            if await turn(errand) { continue }
            await cancelWhenGracefulShutdown {
                try? await Task.sleep(for: errand.pause)
            }
        }
    }

    /// Does what is due; whether there may be more.
    private func turn(_ errand: Errand) async -> Bool {
        let start = ContinuousClock.now
        do {
            let turn = try await errand.turn()
            for (outcome, amount) in turn.outcomes where amount > 0 {
                metrics.count(errand.name, outcome: outcome, by: amount)
            }
            if let waiting = turn.waiting { metrics.waiting(errand.name, waiting) }
            for note in turn.notes { write(note) }
            if turn.wasBusy { metrics.turn(errand.name, took: start.duration(to: .now)) }
            return turn.wasBusy
        } catch is CancellationError {
            return false
        } catch {
            metrics.count(errand.name, outcome: "error", by: 1)
            logger.error(
                "an errand failed",
                metadata: ["errand": "\(errand.name)", "error": "\(error)"]
            )
            return false
        }
    }

    private func write(_ note: Errand.Note) {
        logger.log(
            level: note.isFailure ? .warning : .info,
            "\(note.message)",
            metadata: note.fields.mapValues { .string($0) }
        )
    }
}
