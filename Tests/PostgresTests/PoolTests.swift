import Postgres
import Support
import Testing

@Suite struct PoolTests {
    private let hold: SQL = "SELECT pg_advisory_xact_lock(\(815))"

    @Test func `a pool opens no more connections than it may`() async throws {
        let pool = try await pool(
            .init(maximum: 3, acquireTimeout: .seconds(60), deadline: .seconds(60))
        )
        let processes = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<60 {
                group.addTask {
                    try await pool.withConnection { connection in
                        try connection.query("SELECT pg_backend_pid() AS pid")[0].decode("pid")
                    }
                }
            }
            return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
        }
        #expect(processes.count <= 3)
        let metrics = await pool.metrics()
        #expect(metrics.acquired == 60)
        #expect(metrics.inUse == 0)
        #expect(metrics.waiting == 0)
    }

    @Test func `warming up opens the minimum`() async throws {
        let pool = try await pool(.init(minimum: 2, maximum: 4))
        try await pool.warmUp()
        #expect(await pool.metrics().idle == 2)
    }

    @Test func `a borrower that waits too long is refused`() async throws {
        let pool = try await pool(.init(maximum: 1, acquireTimeout: .milliseconds(50)))
        let error = try await blocked(pool) {
            await postgresError { try await pool.withConnection { _ in } }
        }
        #expect(error?.kind == .poolTimeout)
        #expect(await pool.metrics().timeouts == 1)
    }

    @Test func `a cancelled borrower stops waiting`() async throws {
        let pool = try await pool(
            .init(maximum: 1, acquireTimeout: .seconds(60), deadline: .seconds(60))
        )
        let error = try await blocked(pool) {
            let task = Task { await postgresError { try await pool.withConnection { _ in } } }
            while await pool.metrics().waiting == 0 { await Task.yield() }
            task.cancel()
            return await task.value
        }
        #expect(error?.kind == .cancelled)
    }

    @Test func `a cancelled task stops its statement and the connection lives on`() async throws {
        let pool = try await pool(.init(maximum: 1, deadline: .seconds(60)))
        let observer = try await open()
        _ = try await observer.query("SELECT pg_advisory_lock(333)")
        let task = Task {
            await postgresError {
                try await pool.withConnection { connection in
                    _ = try connection.query("SELECT pg_advisory_lock(333)")
                }
            }
        }
        try await observer.wait(
            until: "EXISTS (SELECT FROM pg_locks WHERE objid = 333 AND NOT granted)"
        )
        task.cancel()
        #expect(await task.value?.kind == .cancelled)
        #expect(await pool.metrics().idle == 1)
        try await pool.withConnection { _ = try $0.query("SELECT 1") }
        #expect(await pool.metrics().acquired == 2)
    }

    @Test func `a connection left in a transaction is not lent again`() async throws {
        let pool = try await pool(.init(maximum: 1))
        try await pool.withConnection { _ = try $0.query("BEGIN") }
        #expect(await pool.metrics().open == 0)
        try await pool.withConnection { _ = try $0.query("SELECT 1") }
    }

    @Test func `a closed pool refuses borrowers`() async throws {
        let pool = try await pool()
        await pool.close()
        let error = await postgresError { try await pool.withConnection { _ in } }
        #expect(error?.kind == .poolClosed)
    }

    @Test func `a dead idle connection is replaced without an error`() async throws {
        let pool = try await pool(.init(maximum: 1))
        let pid = try await pool.withConnection { connection in
            try connection.query("SELECT pg_backend_pid() AS pid")[0].decode("pid", as: Int32.self)
        }
        let killer = try await open()
        _ = try await killer.query("SELECT pg_terminate_backend(\(pid))")
        try await killer.wait(
            until: "NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = \(pid))"
        )
        try await pool.withConnection { _ = try $0.query("SELECT 1") }
        #expect(await pool.metrics().discarded == 1)
    }

    @Test func `a connection never comes back with a context`() async throws {
        let pool = try await pool(
            .init(maximum: 2, acquireTimeout: .seconds(60), deadline: .seconds(60))
        )
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<100 {
                group.addTask { try? await useContext(pool, number) }
            }
        }
        for _ in 0..<10 {
            let left = try await pool.withConnection { connection in
                try connection.query("SELECT current_setting('app.context', true) AS value")[0]
                    .decode("value", as: String?.self)
            }
            #expect(left == nil || left == "")
        }
    }

    /// Runs something while the pool's only connection is in use.
    private func blocked<Value: Sendable>(
        _ pool: ConnectionPool,
        _ body: () async throws -> Value
    ) async throws -> Value {
        let holder = try await open()
        let key = Int.random(in: 1_000_000...2_000_000_000)
        _ = try await holder.query("SELECT pg_advisory_lock(\(key))")
        async let borrowed: Void = pool.withConnection { connection in
            _ = try connection.query("SELECT pg_advisory_lock(\(key))")
        }
        try await holder.wait(
            until: "EXISTS (SELECT FROM pg_locks WHERE objid::int8 = \(key) AND NOT granted)"
        )
        let value = try await body()
        _ = try await holder.query("SELECT pg_advisory_unlock(\(key))")
        try await borrowed
        return value
    }
}

/// Works under a context in each of the ways there are, some of which fail.
private func useContext(_ pool: ConnectionPool, _ number: Int) async throws {
    let context: SQL = "SELECT set_config('app.context', \("context \(number)"), true)"
    try await pool.withConnection { connection in
        switch number % 4 {
        case 0: _ = try connection.batch([context, "SELECT 1"])
        case 1: _ = try connection.batch([context, "SELECT nothing"])
        case 2: try connection.transaction(preamble: [context]) { _ = try $0.query("SELECT 1") }
        default:
            try connection.transaction(preamble: [context]) { _ = try $0.query("SELECT 1/0") }
        }
    }
}
