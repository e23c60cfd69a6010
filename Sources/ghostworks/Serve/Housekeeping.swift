import Domain
import Logging
import Operations
import Postgres
import ServiceLifecycle
import Storage

// DESIGN
// 1. One process of many does the work: the one whose session holds an advisory lock. It goes with
//    the connection, so a killed leader is followed by another within a minute.
// 2. A failure is logged and tried again a minute later; it never ends the process.
// 3. Work has pools of its own, so that it takes no connection from a request.

/// What has to be done now and then while the API is served.
struct Housekeeping: Service {
    private let environment: Operations.Environment
    private let leadership: Leadership
    private let logger: Logger

    private static let pause = Duration.seconds(60)
    private static let partitionsEvery = 24 * 60

    init(_ runtime: Runtime) throws {
        environment = try runtime.patient()
        leadership = Leadership(try runtime.target.writer())
        logger = runtime.logger
    }

    /// Works until the process shuts down.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            var minute = 0
            repeat {
                if await leadership.isHeld() { await work(minute) }
                minute += 1
            } while (try? await Task.sleep(for: Self.pause)) != nil
        }
    }

    func close() async {
        await leadership.resign()
        await environment.database.close()
    }

    /// Makes the partitions of the coming months; safe to run anywhere, any number of times.
    func preparePartitions() async {
        await attempt("partitions") {
            try await environment.database.system(reason: .worker) { scope in
                _ = try scope.query("SELECT app.ensure_partitions() AS made")
            }
        }
    }

    private func work(_ minute: Int) async {
        if minute % Self.partitionsEvery == 0 {
            await preparePartitions()
            await attempt("sign-in traces") { try await ForgetSignInTraces(environment)() }
        }
        await attempt("figures") {
            try await RefreshFigures(environment)(tenants: nil, by: nil)
        }
    }

    private func attempt(_ name: String, _ work: () async throws -> Void) async {
        do {
            try await work()
        } catch is CancellationError {
            return
        } catch {
            logger.error("housekeeping failed", metadata: ["work": "\(name)", "error": "\(error)"])
        }
    }
}

/// The advisory lock that makes one process the leader.
actor Leadership {
    private let settings: ConnectionSettings
    private var connection: PostgresConnection?

    init(_ settings: ConnectionSettings) {
        self.settings = settings
    }

    /// Whether this process leads; tries to become the leader when there is none.
    func isHeld() async -> Bool {
        do {
            if let connection {
                _ = try await connection.query("SELECT 1")
                return true
            }
            let candidate = try await PostgresConnection.connect(settings)
            let rows = try await candidate.query(
                "SELECT pg_try_advisory_lock(hashtext('ghostworks.housekeeping')) AS held"
            )
            guard try rows.first?.decode("held") == true else {
                await candidate.close()
                return false
            }
            connection = candidate
            return true
        } catch {
            await resign()
            return false
        }
    }

    /// Gives the lock up.
    func resign() async {
        await connection?.close()
        connection = nil
    }
}
