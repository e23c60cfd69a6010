import Dispatch
import Domain
import Fixtures
import HTTPAPI
import Logging
import Operations
import Postgres
import Sealing
import ServiceLifecycle
import Storage
import Support

/// The API of one test on a socket, over pools of its own.
struct Service: Sendable {
    let port: Int
    let database: Database
    let group: ServiceGroup

    static let applicationName = "service-under-test"

    /// Runs the service and then a body; returns when the service has stopped.
    static func run(
        _ fixture: Fixture,
        through proxy: FaultProxy? = nil,
        pool: ConnectionPool.Settings = .init(maximum: 4),
        deadlines: APIDeadlines = .patient,
        rates: RateLimits = .none,
        _ body: (Service) async throws -> Void
    ) async throws {
        let database = database(fixture.migrated, through: proxy, pool: pool)
        try await ServedAPI.run(
            .local(deadlines: deadlines, rates: rates),
            fixture.environment.with(database),
            readiness: readiness(of: database)
        ) { api in
            try await body(Service(port: api.port, database: database, group: api.group))
        }
        await database.writer.close()
        await database.reader.close()
    }

    private static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    static func database(
        _ migrated: MigratedDatabase,
        through proxy: FaultProxy?,
        pool: ConnectionPool.Settings
    ) -> Database {
        func connections(_ role: String) -> ConnectionPool {
            var settings = migrated.cluster.settings(database: migrated.name)
            settings.user = role
            settings.password = nil
            settings.applicationName = applicationName
            return ConnectionPool(
                proxy?.settings(settings) ?? settings,
                pool: pool,
                logger: quiet
            )
        }
        return Database(
            writer: connections("ghostworks_app"),
            reader: connections("ghostworks_reader"),
            signer: ContextSigner(current: MigratedDatabase.contextKey),
            clock: migrated.database.clock
        )
    }

    /// As the executable asks: both pools within a second.
    private static func readiness(of database: Database) -> @Sendable () async -> Readiness {
        {
            do {
                for pool in [database.reader, database.writer] {
                    try await pool.withConnection(deadline: .seconds(1)) {
                        _ = try $0.query("SELECT 1")
                    }
                }
                return .ready
            } catch {
                return .unready(reason: "the database does not answer")
            }
        }
    }

    /// Signs in over HTTP.
    func signIn(_ email: String, workspace: String? = nil) async throws -> Client {
        let workspace = workspace.map { #","workspace":"\#($0)""# } ?? ""
        var client = Client(port: port)
        let reply = try await client.send(
            client.ask(
                "POST",
                "/api/v1/auth/login",
                body: #"{"email":"\#(email)","password":"\#(Fixture.password)"\#(workspace)}"#
            )
        )
        client.token = try reply.text("access_token")
        return client
    }
}

extension Service {
    /// Borrows all connections of a pool at once and looks what the borrowers before left there.
    ///
    /// - Returns: the context of each connection; all of them must be empty.
    /// - Throws: an error when the pool does not get to its full size in time.
    static func leftovers(in pool: ConnectionPool, of size: Int) async throws -> [String] {
        let everybody = DispatchGroup()
        for _ in 1...size { everybody.enter() }
        return try await withThrowingTaskGroup(of: String.self) { tasks in
            for _ in 1...size {
                tasks.addTask {
                    try await pool.withConnection(deadline: .seconds(60)) { connection in
                        // Each connection has a thread of its own, which may wait.
                        everybody.leave()
                        guard everybody.wait(timeout: .now() + 60) == .success else {
                            throw NeverHappened(what: "a pool of \(size) connections")
                        }
                        let rows = try connection.query(
                            """
                            SELECT coalesce(current_setting('app.context', true), '') AS context
                            """
                        )
                        return try rows[0].decode("context", as: String.self)
                    }
                }
            }
            return try await tasks.reduce(into: []) { $0.append($1) }
        }
    }

    /// Both pools reach their full size, nobody's context is left, nothing is lent for ever.
    func checkPools(of size: Int) async throws -> Bool {
        for pool in [database.reader, database.writer] {
            let contexts = try await Self.leftovers(in: pool, of: size)
            let metrics = await pool.metrics()
            guard contexts.allSatisfy(\.isEmpty), metrics.open == size, metrics.inUse == 0 else {
                return false
            }
        }
        return true
    }
}
