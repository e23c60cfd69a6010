import Domain
import Foundation
import Logging
import Observability
import Operations
import Postgres
import Sealing
import ServiceLifecycle
import Storage

/// Tells operators every ten seconds how this process fares; a failure is logged, and the next
/// report tries again.
struct NodeReport: Service {
    private let environment: Operations.Environment
    private let pools: [ConnectionPool]
    private let limit: Int
    private let recent: RecentRequests
    private let logger: Logger
    private let node = Random.uuidV7(now: SystemTime.now.microseconds)
    private let startedAt = SystemTime.now

    private static let pause = Duration.seconds(10)

    init(
        _ runtime: Runtime,
        environment: Operations.Environment,
        recent: RecentRequests
    ) {
        self.environment = environment
        self.recent = recent
        pools = [runtime.database.writer, runtime.database.reader]
        let limits = runtime.settings.database.pool
        limit = limits.writers + limits.readers
        logger = runtime.logger
    }

    /// Reports until the process shuts down, and takes the figures away then.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            repeat {
                await attempt { try await ReportNode(environment)(node, try await figures()) }
            } while (try? await Task.sleep(for: Self.pause)) != nil
        }
        await attempt { try await ReportNode(environment).forget(node) }
    }

    private func figures() async throws -> NodeFigures {
        let requests = recent.figures
        var pool = PoolFigures(size: Int64(limit), inUse: 0, waiting: 0, timeouts: 0)
        for each in pools {
            let metrics = await each.metrics()
            pool.inUse += Int64(metrics.inUse)
            pool.waiting += Int64(metrics.waiting)
            pool.timeouts += Int64(metrics.timeouts)
        }
        return NodeFigures(
            host: String(ProcessInfo.processInfo.hostName.prefix(255)),
            startedAt: startedAt,
            measuredAt: SystemTime.now,
            requests: Int64(requests.requests),
            errors: Int64(requests.errors),
            median: requests.median,
            slowest: requests.slowest,
            pool: pool
        )
    }

    private func attempt(_ work: () async throws -> Void) async {
        do {
            try await work()
        } catch is CancellationError {
            return
        } catch {
            logger.warning("report failed", metadata: ["error": "\(error)"])
        }
    }
}
