import Domain
import Logging
import Operations
import Postgres
import Sealing
import Storage
import Synchronization

// DESIGN
// 1. Until it is elevated, every change goes to an environment whose writing pool is the reading
//    role's: PostgreSQL refuses it, whatever the screens thought.
// 2. What the trail needs (signing in, support sessions, elevation, verification) writes always.

/// The runtime of a console while it opens, and how far it may go.
final class ConsoleDesk: Sendable {
    private let opening: Task<Place, any Error>
    private let starting: AsyncStream<Never>.Continuation
    private let settings: Settings
    private let elevatedUntil = Mutex<ContinuousClock.Instant?>(nil)

    /// The runtime, and the environment that cannot write.
    private struct Place: Sendable {
        let runtime: Runtime
        let readOnly: Operations.Environment
    }

    init(settings: Settings, logger: Logger) {
        self.settings = settings
        let (waiting, starting) = AsyncStream.makeStream(of: Never.self)
        self.starting = starting
        opening = Task {
            for await _ in waiting {}
            let runtime = try await Runtime.open(settings, logger: logger, depth: .process)
            return Place(runtime: runtime, readOnly: runtime.readOnly)
        }
    }

    /// Begins to open the database; until then everything that needs it waits.
    func begin() { starting.finish() }

    var session: SessionFile { SessionFile(settings.folders) }

    /// Where copies of people's data lie.
    var exports: ExportFolder { ExportFolder(path: settings.folders.exports) }

    /// Waits until the runtime is open.
    func open() async throws -> Operations.Environment {
        try await opening.value.runtime.environment
    }

    /// What listens to the database on a connection of its own.
    func listener() async throws -> NotificationListener {
        let runtime = try await opening.value.runtime
        return NotificationListener(try runtime.target.reader(), logger: runtime.logger)
    }

    /// Returns when the database answers; a killed embedded server is started again first.
    func probe() async throws {
        let runtime = try await opening.value.runtime
        if try await runtime.target.revive() {
            runtime.logger.warning("the embedded server had been killed and was started again")
        }
        try await DatabaseReadiness.ask(runtime.database.reader)
    }

    /// Does something that changes data: only while the console may write.
    func change<Value>(
        _ body: (Operations.Environment) async throws -> Value
    ) async throws -> Value {
        let place = try await opening.value
        if isElevated { return try await body(place.runtime.environment) }
        do {
            return try await body(place.readOnly)
        } catch let error as DomainError
            where error.code == .internalError || error.code == .readOnly
        {
            throw Self.readOnly
        }
    }

    func elevate(for duration: Duration) {
        elevatedUntil.withLock { $0 = .now + duration }
    }

    func endElevation() {
        elevatedUntil.withLock { $0 = nil }
    }

    /// Closes what was opened.
    func close() async {
        opening.cancel()
        if let place = try? await opening.value { await place.runtime.close() }
    }

    private var isElevated: Bool {
        elevatedUntil.withLock { until in until.map { $0 > .now } ?? false }
    }

    private static let readOnly = DomainError(
        .forbidden,
        .readOnly,
        "This console only reads.",
        hint: "Allow writing for some minutes: :elevate 10m REASON"
    )
}

extension Runtime {
    /// The environment whose changes PostgreSQL refuses.
    fileprivate var readOnly: Operations.Environment {
        let readers = Database(
            writer: database.reader,
            reader: database.reader,
            signer: database.signer,
            onUnexplained: database.onUnexplained
        )
        return environment.with(readers)
    }
}
