import Inference
import Logging
import OpenID
import Operations
import Postgres
import Sealing
import Storage

// DESIGN
// 1. The object graph is made in one place and in one order: database, keys, pools, checks.
// 2. Nothing is handed out before the database was found to be of this program's schema and to
//    accept its context key.
// 3. Who opens a runtime closes it: `with` does both.

/// Everything a command needs, made from the settings.
struct Runtime: Sendable {
    let settings: Settings
    let target: DatabaseTarget
    /// As they were read at the start.
    let keys: Keys
    /// As they are used now.
    let running: RunningKeys
    let environment: Operations.Environment
    let logger: Logger

    var database: Database { environment.database }

    /// Runs a body with an open runtime.
    static func with<Value>(
        _ settings: Settings,
        logger: Logger = .shell,
        depth: SelfCheck.Depth = .command,
        _ body: (Runtime) async throws -> Value
    ) async throws -> Value {
        let runtime = try await open(settings, logger: logger, depth: depth)
        do {
            let value = try await body(runtime)
            await runtime.close()
            return value
        } catch {
            await runtime.close()
            throw error
        }
    }

    /// Starts the embedded server where there is one, opens the pools, checks the database.
    static func open(
        _ settings: Settings,
        logger: Logger,
        depth: SelfCheck.Depth
    ) async throws -> Runtime {
        let target = DatabaseTarget(settings)
        try await target.start()
        // Keys are made by `migrate up` alone: a pepper made anew in passing would turn every
        // password into a wrong one without a word.
        // Watched before they are read: a file that is replaced in between counts as new.
        let watch = KeyWatch(settings.keys.places)
        let keys = try Keys(settings.keys)
        try await check(target, keys, depth)
        let signer = ContextSigner(keys: keys.context)
        let database = try DatabaseOpening(target: target, signer: signer, logger: logger)
            .open(settings.database.pool, sharesReads: depth == .server)
        let searched = Operations.Environment(
            database: database,
            passwords: try PasswordHasher(
                pepper: keys.peppers.current,
                previous: keys.peppers.previous,
                yields: depth == .server
            ),
            tokens: try await TokenIssuer(
                keys: keys.signing.all,
                issuer: settings.keys.issuer,
                audience: settings.keys.audience,
                reload: { await watch.renew($0) }
            ),
            sealer: Sealer(keys: keys.sealing, reload: { watch.renew($0) }),
            issuers: Issuers(
                try settings.identity.providers.map { try $0.provider() },
                transport: .live(),
                now: { SystemTime.now }
            ),
            policy: SignInPolicy(
                operatorsNeedSecondFactor: settings.identity.operatorsNeedSecondFactor,
                ownWorkspaces: settings.identity.ownWorkspaces,
                purgeDays: settings.identity.purgeDays
            ),
            desk: ChatDesk(limits: settings.http.chats)
        )
        let environment = searched.with(try ModelProviders(settings.ai, searching: searched))
        let runtime = Runtime(
            settings: settings,
            target: target,
            keys: keys,
            running: RunningKeys(
                watch: watch,
                signer: signer,
                tokens: environment.tokens,
                sealer: environment.sealer,
                cursors: keys.cursors
            ),
            environment: environment,
            logger: logger
        )
        do {
            try await CheckSealingKeys(environment)()
        } catch {
            await runtime.close()
            throw error
        }
        return runtime
    }

    private static func check(
        _ target: DatabaseTarget,
        _ keys: Keys,
        _ depth: SelfCheck.Depth
    ) async throws {
        try await PostgresConnection.with(try target.writer()) { connection in
            let signer = ContextSigner(keys: keys.context)
            try await SelfCheck(connection: connection, signer: signer).run(depth)
        }
    }

    /// Closes the connections.
    func close() async {
        await database.close()
    }

    /// The same with pools for long work: few connections, and minutes for each statement.
    func patient() throws -> Operations.Environment {
        environment.with(try opening.openPatient())
    }

    /// The same with one connection that nothing else uses: for what must never wait for work.
    func pulse() throws -> Operations.Environment {
        environment.with(try opening.openPulse())
    }

    private var opening: DatabaseOpening {
        DatabaseOpening(target: target, signer: running.signer, logger: logger)
    }
}

/// Opens the pools of a database.
struct DatabaseOpening: Sendable {
    let target: DatabaseTarget
    let signer: ContextSigner
    let logger: Logger

    private static let patience = Duration.seconds(600)
    private static let beat = Duration.seconds(5)

    /// For requests of people.
    ///
    /// - Parameters:
    ///   - limits: Of the pools.
    ///   - sharesReads: Whether short reads travel together, as many clients' do.
    /// - Returns: The way to the tables.
    /// - Throws: What the settings of the connections lack.
    func open(_ limits: PoolLimits, sharesReads: Bool) throws -> Database {
        var readers = ConnectionPool.Settings(limits, maximum: limits.readers)
        readers.sharesReads = sharesReads
        return database(
            try target.writer(),
            try target.reader(),
            .init(limits, maximum: limits.writers),
            readers
        )
    }

    /// For long work behind the scenes.
    func openPatient() throws -> Database {
        let pool = ConnectionPool.Settings(
            maximum: 3,
            acquireTimeout: Self.patience,
            deadline: Self.patience
        )
        var writer = try target.writer()
        writer.statementTimeout = Self.patience
        var reader = try target.reader()
        reader.statementTimeout = Self.patience
        return database(writer, reader, pool, pool)
    }

    /// For signs of life: one connection, and seconds for each statement.
    func openPulse() throws -> Database {
        let pool = ConnectionPool.Settings(
            maximum: 1,
            acquireTimeout: Self.beat,
            deadline: Self.beat
        )
        return database(try target.writer(), try target.reader(), pool, pool)
    }

    private func database(
        _ writer: ConnectionSettings,
        _ reader: ConnectionSettings,
        _ writers: ConnectionPool.Settings,
        _ readers: ConnectionPool.Settings
    ) -> Database {
        Database(
            writer: ConnectionPool(writer, pool: writers, logger: logger),
            reader: ConnectionPool(reader, pool: readers, logger: logger),
            signer: signer,
            onUnexplained: { [logger] error in
                logger.error(
                    "The database refused a statement for a reason that has no sentence.",
                    metadata: ["error": .string(String(reflecting: error))]
                )
            }
        )
    }
}

extension Database {
    /// Closes both pools.
    func close() async {
        await writer.close()
        await reader.close()
    }
}

extension ConnectionPool.Settings {
    fileprivate init(_ limits: PoolLimits, maximum: Int) {
        self.init(
            maximum: maximum,
            acquireTimeout: limits.acquireTimeout,
            deadline: limits.requestTimeout
        )
    }
}
