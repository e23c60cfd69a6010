import Logging
import Postgres
import Support
import Testing

@Suite struct FaultTests {
    /// A pool behind a proxy, on a server of its own database.
    ///
    /// Only what is asked of a faulty server has a short time: however busy the machine is, a
    /// healthy one answers in the end.
    private struct Bench {
        static let patience = Duration.seconds(3)

        let proxy: FaultProxy
        let pool: ConnectionPool

        init() async throws {
            let cluster = try await TestCluster.shared()
            proxy = try FaultProxy(to: cluster.settings)
            var settings = proxy.settings(cluster.settings)
            settings.connectTimeout = .seconds(60)
            pool = ConnectionPool(
                settings,
                pool: .init(maximum: 2, acquireTimeout: .seconds(60), deadline: .seconds(60)),
                logger: quiet
            )
        }

        func ask(within deadline: Duration? = nil) async throws {
            try await pool.withConnection(deadline: deadline) {
                _ = try $0.query("SELECT repeat('x', 5000)")
            }
        }

        /// What it meets when a faulty server is asked.
        func askInVain() async -> PostgresError? {
            await postgresError { try await ask(within: Self.patience) }
        }
    }

    private func fault(_ change: (inout FaultProxy.Fault) -> Void) -> FaultProxy.Fault {
        var fault = FaultProxy.Fault()
        change(&fault)
        return fault
    }

    @Test func `a dead server is not hammered by those who wait for it`() async throws {
        let bench = try await Bench()
        bench.proxy.stop()
        let answered = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<400 {
                group.addTask { await bench.askInVain() != nil }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(answered == 400)
        // Without pauses there were as many tries as borrowers.
        #expect(await bench.pool.metrics().failures < 100)
        #expect(await bench.pool.metrics().waiting == 0)
    }

    @Test func `a slow line is slow and no error`() async throws {
        let bench = try await Bench()
        defer { bench.proxy.stop() }
        try await bench.ask()
        bench.proxy.set(fault { $0.delay = .milliseconds(200) })
        try await bench.ask()
        #expect(await bench.pool.metrics().discarded == 0)
    }

    @Test func `a trickle ends at the deadline and the pool recovers`() async throws {
        let bench = try await Bench()
        defer { bench.proxy.stop() }
        try await bench.ask()
        bench.proxy.set(fault { $0.bytesPerSecond = 1000 })
        #expect(await bench.askInVain()?.outcomeUnknown == true)
        bench.proxy.heal()
        try await bench.ask()
        #expect(await bench.pool.metrics().discarded == 1)
    }

    @Test func `a black hole ends at the deadline and the pool recovers`() async throws {
        let bench = try await Bench()
        defer { bench.proxy.stop() }
        try await bench.ask()
        bench.proxy.set(fault { $0.isBlackHole = true })
        let error = await bench.askInVain()
        #expect(error?.kind == .timeout(outcomeUnknown: true))
        bench.proxy.heal()
        try await bench.ask()
    }

    @Test func `a black hole at connecting ends at the deadline`() async throws {
        let bench = try await Bench()
        defer { bench.proxy.stop() }
        bench.proxy.set(fault { $0.isBlackHole = true })
        guard case .connectionFailed? = await bench.askInVain()?.kind else {
            Issue.record("expected a failed connection")
            return
        }
        bench.proxy.heal()
        try await bench.ask()
    }

    @Test func `a reset connection is replaced`() async throws {
        let bench = try await Bench()
        defer { bench.proxy.stop() }
        try await bench.ask()
        bench.proxy.set(fault { $0.cutAfterBytes = 100 })
        let error = await postgresError { try await bench.ask() }
        #expect(error?.kind == .connectionLost(outcomeUnknown: true))
        bench.proxy.heal()
        try await bench.ask()
        #expect(await bench.pool.metrics().open == 1)
    }

    @Test func `a lost answer to COMMIT leaves the outcome unknown, and it was committed`()
        async throws
    {
        let bench = try await Bench()
        defer { bench.proxy.stop() }
        let table: SQL = "\(identifier: "outcome_\(bench.proxy.port)")"
        let direct = try await open()
        _ = try await direct.query("CREATE TABLE \(table) (n int)")
        try await bench.ask()
        // The first answer is to BEGIN and INSERT, the second to COMMIT.
        bench.proxy.set(fault { $0.cutAtReadyForQuery = 2 })
        let error = await postgresError {
            try await bench.pool.withConnection { connection in
                try connection.transaction { _ = try $0.query("INSERT INTO \(table) VALUES (1)") }
            }
        }
        #expect(error?.kind == .connectionLost(outcomeUnknown: true))
        #expect(try await direct.query("SELECT n FROM \(table)").count == 1)
        _ = try await direct.query("DROP TABLE \(table)")
    }

    @Test func `an answer lost before COMMIT means that nothing was committed`() async throws {
        let bench = try await Bench()
        defer { bench.proxy.stop() }
        try await bench.ask()
        bench.proxy.set(fault { $0.cutAtReadyForQuery = 1 })
        let error = await postgresError {
            try await bench.pool.withConnection { connection in
                try connection.transaction { _ = try $0.query("SELECT 1") }
            }
        }
        #expect(error?.kind == .connectionLost(outcomeUnknown: false))
    }

    @Test func `a lost answer to an implicit transaction leaves the outcome unknown`()
        async throws
    {
        let bench = try await Bench()
        defer { bench.proxy.stop() }
        try await bench.ask()
        bench.proxy.set(fault { $0.cutAtReadyForQuery = 1 })
        let error = await postgresError { try await bench.ask() }
        #expect(error?.kind == .connectionLost(outcomeUnknown: true))
    }

    @Test func `a pool returns to its size after a storm of terminations`() async throws {
        let pool = try await pool(
            .init(minimum: 4, maximum: 4, acquireTimeout: .seconds(60), deadline: .seconds(60))
        )
        let killer = try await open()
        let errors = await withTaskGroup(of: PostgresError?.self) { group in
            for number in 0..<400 {
                group.addTask {
                    await postgresError { try await stormStep(pool, killer, number) }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let unexpected = errors.compactMap { $0 }.filter { error in
            if case .connectionLost = error.kind { return false }
            return true
        }
        #expect(unexpected.isEmpty)
        try await pool.warmUp()
        #expect(await pool.metrics().idle == 4)
        for _ in 0..<8 { try await pool.withConnection { _ = try $0.query("SELECT 1") } }
        #expect(await pool.metrics().inUse == 0)
    }
}

/// Reads a value, and now and then ends somebody's session.
///
/// Answers must never be mixed up.
private func stormStep(
    _ pool: ConnectionPool,
    _ killer: PostgresConnection,
    _ number: Int
) async throws {
    let (pid, echo) = try await pool.withConnection { connection in
        let row = try connection.query("SELECT pg_backend_pid() AS pid, \(number) AS echo")[0]
        return (try row.decode("pid", as: Int32.self), try row.decode("echo", as: Int.self))
    }
    #expect(echo == number)
    if number.isMultiple(of: 10) {
        _ = try await killer.query("SELECT pg_terminate_backend(\(pid))")
        try await killer.wait(
            until: "NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = \(pid))"
        )
    }
}

@Suite struct RestartTests {
    @Test func `a pool serves again after the server was killed and restarted`() async throws {
        let cluster = try await TestCluster.start()
        defer { cluster.remove() }
        let pool = ConnectionPool(
            cluster.settings,
            pool: .init(maximum: 2, deadline: .seconds(60)),
            logger: quiet
        )
        try await pool.withConnection { _ = try $0.query("SELECT 1") }
        cluster.kill9()
        let error = await postgresError {
            try await pool.withConnection { _ = try $0.query("SELECT 1") }
        }
        guard case .connectionFailed? = error?.kind else {
            Issue.record("expected a failed connection, got \(String(describing: error))")
            return
        }
        try await WaitingThreads.run { try cluster.restart() }
        try await pool.withConnection { _ = try $0.query("SELECT 1") }
    }
}

@Suite struct TLSTests {
    @Test func `a verified connection needs the right authority and the right name`()
        async throws
    {
        let certificate = try TestCertificate(host: "localhost")
        let cluster = try await TestCluster.start(
            tcp: true,
            parameters: ["ssl": "on", "ssl_cert_file": "server.crt", "ssl_key_file": "server.key"],
            files: ["server.crt": certificate.certificate, "server.key": certificate.key]
        )
        defer { cluster.remove() }
        let authority = try TemporaryFile(certificate.authority)
        let other = try TemporaryFile(try TestCertificate(host: "localhost").authority)
        var settings = cluster.settings
        settings.host = "localhost"
        settings.sslMode = .verifyFull
        settings.sslRootCertificate = authority.path
        let connection = try await PostgresConnection.connect(settings)
        let rows = try await connection.query(
            "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        )
        #expect(try rows[0].decode("ssl") == true)
        settings.sslRootCertificate = other.path
        await #expect(throws: PostgresError.self) { try await PostgresConnection.connect(settings) }
        settings.sslRootCertificate = authority.path
        settings.host = "127.0.0.1"
        await #expect(throws: PostgresError.self) { try await PostgresConnection.connect(settings) }
    }
}
