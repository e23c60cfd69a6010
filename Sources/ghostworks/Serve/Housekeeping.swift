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
    /// With pools of its own.
    let environment: Operations.Environment
    private let leadership: Leadership
    private let logger: Logger
    private let places: KeyPlaces
    private let registerKeys: @Sendable () async throws -> Void
    private let rotationDays: Int

    private static let pause = Duration.seconds(60)
    private static let partitionsEvery = 24 * 60
    private static let keysEvery = 60
    private static let resealEvery = 10

    init(_ runtime: Runtime) throws {
        environment = try runtime.patient()
        leadership = Leadership(try runtime.target.writer())
        logger = runtime.logger
        places = runtime.keyPlaces
        registerKeys = runtime.registerKeys
        rotationDays = runtime.settings.keys.rotationDays
    }

    /// Works until the process shuts down.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            var minute = 0
            repeat {
                await attempt("sessions") { try await TouchSessions(environment)() }
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
        if minute == 0 { await attempt("keys", registerKeys) }
        if minute % Self.keysEvery == 0, rotationDays > 0 { await rotateKeys() }
        if minute % Self.resealEvery == 0 {
            await attempt("reseal") { try await ResealSecrets(environment)() }
        }
        await attempt("tokens") { try await TidySessions(environment)() }
        await attempt("rate limits") {
            try await ForgetRates(environment)()
        }
        await attempt("conversations") { try await PruneConversations(environment)() }
        await attempt("invitations") { try await ExpireInvitations(environment)() }
        await attempt("figures") {
            try await RefreshFigures(environment)(tenants: nil, by: nil)
        }
    }

    private func rotateKeys() async {
        await attempt("rotation") {
            let rotate = RotateOverdueKeys(environment, places)
            for (kind, outcome) in try await rotate(olderThanDays: rotationDays) {
                switch outcome {
                case .success(let kid):
                    logger.info(
                        "a key was rotated",
                        metadata: ["kind": "\(kind)", "kid": "\(kid)"]
                    )
                case .failure(let error):
                    logger.warning(
                        "a key is overdue and was not rotated",
                        metadata: ["kind": "\(kind)", "error": "\(error)"]
                    )
                }
            }
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
    /// What it leads in.
    private let lock: String
    private var connection: PostgresConnection?
    /// The question that is on its way: whoever asks meanwhile gets its answer.
    private var asked: Task<Bool, Never>?

    init(_ settings: ConnectionSettings, lock: String = "ghostworks.housekeeping") {
        self.settings = settings
        self.lock = lock
    }

    /// Whether this process leads; tries to become the leader when there is none.
    func isHeld() async -> Bool {
        if let asked { return await asked.value }
        let question = Task { await ask() }
        asked = question
        let answer = await question.value
        asked = nil
        return answer
    }

    private func ask() async -> Bool {
        do {
            if let connection {
                _ = try await connection.query("SELECT 1")
                return true
            }
            let candidate = try await PostgresConnection.connect(settings)
            let rows = try await candidate.query(
                "SELECT pg_try_advisory_lock(hashtext(\(lock))) AS held"
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
