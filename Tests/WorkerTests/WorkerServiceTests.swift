import Logging
import Observability
import ServiceLifecycle
import Synchronization
import Testing

@testable import Worker

@Suite struct WorkerServiceTests {
    private struct Mishap: Error {}

    /// Runs a worker inside a service group until an errand shuts the group down.
    private func run(
        _ registry: PrometheusRegistry = PrometheusRegistry(),
        _ errands: (@escaping @Sendable () -> Void) -> [Errand]
    ) async throws {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let (stream, signal) = AsyncStream.makeStream(of: Void.self)
        let worker = WorkerService(
            errands: errands { signal.yield() },
            metrics: JobMetrics(registry: registry),
            logger: logger
        )
        let group = ServiceGroup(
            services: [worker],
            logger: logger
        )
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var signals = stream.makeAsyncIterator()
            await signals.next()
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    @Test func `what is due is done without a pause, and the outcomes are counted`() async throws {
        let registry = PrometheusRegistry()
        let left = Mutex(3)
        try await run(registry) { stop in
            [
                Errand("mail", every: .seconds(3_600)) {
                    let now = left.withLock { left in
                        if left > 0 { left -= 1 }
                        return left
                    }
                    if now == 0 { stop() }
                    return Errand.Turn(outcomes: ["sent": now > 0 ? 2 : 0], waiting: now)
                }
            ]
        }
        let page = registry.render()
        #expect(page.contains("jobs_total{job=\"mail\",outcome=\"sent\"} 4"))
        #expect(page.contains("jobs_waiting{job=\"mail\"} 0"))
    }

    @Test func `an errand that fails stops neither itself nor the others`() async throws {
        let registry = PrometheusRegistry()
        let turns = Mutex(0)
        try await run(registry) { stop in
            [
                Errand("mail", every: .milliseconds(1)) {
                    let count = turns.withLock { turns in
                        turns += 1
                        return turns
                    }
                    if count > 3 { stop() }
                    throw Mishap()
                }
            ]
        }
        #expect(turns.withLock { $0 } > 3)
        #expect(registry.render().contains("jobs_total{job=\"mail\",outcome=\"error\"}"))
    }

    /// The pause is an hour: only its end by the shutdown lets the test end.
    @Test func `shutting down ends a pause and lets a turn come to its end`() async throws {
        let isDone = Mutex(false)
        try await run { stop in
            [
                Errand("idle", every: .seconds(3_600)) { Errand.Turn() },
                Errand("slow", every: .seconds(3_600)) {
                    stop()
                    for _ in 0..<100 { await Task.yield() }
                    isDone.withLock { $0 = true }
                    return Errand.Turn()
                },
            ]
        }
        #expect(isDone.withLock { $0 })
    }
}
