import Support
import Testing

@testable import Postgres

/// Short reads that travel together.
@Suite struct SharedReadTests {
    private func pool(
        lanes: Int = 1,
        maximum: Int = 2,
        sharesReads: Bool = true
    ) async throws -> ConnectionPool {
        try await PostgresTests.pool(
            .init(
                maximum: maximum,
                acquireTimeout: .seconds(60),
                deadline: .seconds(60),
                readLanes: lanes,
                sharesReads: sharesReads
            )
        )
    }

    @Test(arguments: [1, 2])
    func `each reader gets its own answer`(lanes: Int) async throws {
        let pool = try await pool(lanes: lanes)
        let answers = try await withThrowingTaskGroup(of: (Int, Int).self) { group in
            for number in 0..<400 {
                group.addTask {
                    let rows = try await pool.read(["SELECT \(number) AS number"])
                    return (number, try rows[0][0].decode("number"))
                }
            }
            return try await group.reduce(into: [Int: Int]()) { $0[$1.0] = $1.1 }
        }
        #expect(answers.count == 400)
        #expect(answers.allSatisfy { $0.key == $0.value })
    }

    @Test func `an error ends one read only`() async throws {
        let pool = try await pool()
        let kinds = await withTaskGroup(of: (Int, PostgresError.Kind?).self) { group in
            for number in 0..<60 {
                group.addTask {
                    let error = await postgresError {
                        _ = try await pool.read([
                            "SELECT 1", "SELECT 10 / \(number % 3) AS quotient",
                        ])
                    }
                    return (number, error?.kind)
                }
            }
            return await group.reduce(into: [Int: PostgresError.Kind?]()) { $0[$1.0] = $1.1 }
        }
        for (number, kind) in kinds {
            #expect(kind == (number % 3 == 0 ? .server(.init(rawValue: "22012")) : nil))
        }
    }

    @Test func `what one read sets is gone before the next`() async throws {
        let pool = try await pool()
        let seen = try await withThrowingTaskGroup(of: (Int, String, String).self) { group in
            for number in 0..<200 {
                group.addTask {
                    let rows = try await pool.read([
                        "SELECT coalesce(current_setting('test.mark', true), '') AS before",
                        "SELECT set_config('test.mark', \(String(number)), true) AS after",
                    ])
                    return (
                        number, try rows[0][0].decode("before"), try rows[1][0].decode("after")
                    )
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(seen.allSatisfy { $0.1.isEmpty && $0.2 == String($0.0) })
    }

    /// What readers get that wait for one lane until all of them are there, statements prepared.
    ///
    /// The lane gives its connection back after a second: there is but the one that knows the
    /// statements, however long the readers take to come.
    private func together(
        _ reads: [(preamble: SQL?, statement: SQL)]
    ) async throws -> [Result<[Rows], PostgresError>] {
        let pool = try await pool(maximum: 1)
        for read in reads { _ = try? await pool.read([read.statement], under: read.preamble) }
        let gate = try await open()
        _ = try await gate.query("SELECT pg_advisory_lock(819)")
        let holder = Task { try await pool.read(["SELECT pg_advisory_xact_lock(819)"]) }
        try await gate.wait(
            until: """
                EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = 819
                    AND NOT granted)
                """
        )
        let readers = reads.map { read in
            Task { () async -> Result<[Rows], PostgresError> in
                do throws(PostgresError) {
                    return .success(try await pool.read([read.statement], under: read.preamble))
                } catch {
                    return .failure(error)
                }
            }
        }
        while await pool.metrics().waiting < reads.count { await Task.yield() }
        _ = try await gate.query("SELECT pg_advisory_unlock(819)")
        _ = try await holder.value
        var results: [Result<[Rows], PostgresError>] = []
        for reader in readers { results.append(await reader.value) }
        return results
    }

    private static func mark(_ text: String) -> SQL {
        "SELECT set_config('test.mark', \(text), true) AS mark"
    }

    @Test func `reads under the same preamble share a transaction, others do not`() async throws {
        let statement: SQL = """
            SELECT pg_current_xact_id()::text AS transaction,
                coalesce(current_setting('test.mark', true), '') AS mark
            """
        let marks = ["a", "b", "a", nil, "b", "a", nil]
        let results = try await together(marks.map { ($0.map(Self.mark), statement) })
        var transactions: [String: Set<String>] = [:]
        for (mark, result) in zip(marks, results) {
            let rows = try result.get()
            #expect(rows.count == (mark == nil ? 1 : 2))
            if let mark { #expect(try rows[0][0].decode("mark") == mark) }
            let row = try #require(rows.last?.first)
            #expect(try row.decode("mark") == mark ?? "")
            transactions[mark ?? "", default: []].insert(try row.decode("transaction"))
        }
        #expect(transactions["a"]?.count == 1)
        #expect(transactions["b"]?.count == 1)
        #expect(transactions[""]?.count == 2)
    }

    @Test func `an error among reads of one transaction ends one read only`() async throws {
        let results = try await together(
            (0..<6).map { (Self.mark("a"), "SELECT 10 / \($0 % 3) AS quotient") }
        )
        for (number, result) in results.enumerated() {
            switch result {
            case .success(let rows):
                #expect(try rows[1][0].decode("quotient") == 10 / (number % 3))
            case .failure(let error):
                #expect(number % 3 == 0)
                #expect(error.kind == .server(.init(rawValue: "22012")))
            }
        }
        #expect(results.count { (try? $0.get()) == nil } == 2)
    }

    @Test func `what a preamble refuses is refused for each of its reads, and for no other`()
        async throws
    {
        let results = try await together(
            (0..<6).map { ("SELECT 1 / \($0 % 2) AS one", "SELECT 2 AS two") }
        )
        for (number, result) in results.enumerated() {
            #expect(((try? result.get()) == nil) == (number % 2 == 0))
        }
    }

    @Test func `a read cannot leave a transaction open`() async throws {
        let pool = try await pool()
        _ = await postgresError { _ = try await pool.read(["BEGIN", "SELECT 1"]) }
        let rows = try await pool.read(["SELECT pg_current_xact_id_if_assigned() IS NULL AS none"])
        #expect(try rows[0][0].decode("none") as Bool)
    }

    @Test func `a cancelled reader leaves the queue`() async throws {
        let pool = try await pool()
        let gate = try await open()
        _ = try await gate.query("SELECT pg_advisory_lock(816)")
        let holder = Task { try await pool.read(["SELECT pg_advisory_xact_lock(816)"]) }
        try await gate.wait(
            until: """
                EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = 816
                    AND NOT granted)
                """
        )
        let waiting = Task { await postgresError { _ = try await pool.read(["SELECT 2"]) } }
        waiting.cancel()
        #expect(await waiting.value?.kind == .cancelled)
        _ = try await gate.query("SELECT pg_advisory_unlock(816)")
        _ = try await holder.value
    }

    @Test func `a cancelled reader is stopped at the server, and its lane goes on`() async throws {
        let pool = try await pool()
        let gate = try await open()
        _ = try await gate.query("SELECT pg_advisory_lock(818)")
        let waits: SQL = """
            EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = 818
                AND NOT granted)
            """
        // The first time a statement is prepared, the second time it is sent as it is.
        for _ in 1...2 {
            let reader = Task {
                await postgresError {
                    _ = try await pool.read(["SELECT pg_advisory_xact_lock(818)"])
                }
            }
            try await gate.wait(until: waits)
            reader.cancel()
            #expect(await reader.value?.kind == .cancelled)
            try await gate.wait(until: "NOT \(waits)")
            let rows = try await pool.read(["SELECT 4 AS number"])
            #expect(try rows[0][0].decode("number") == 4)
        }
    }

    /// The first read occupies the lane until two others wait for it.
    @Test func `where none shares its way each is stopped at the server`() async throws {
        let pool = try await pool(sharesReads: false)
        let gate = try await open()
        for key in [821, 822] { _ = try await gate.query("SELECT pg_advisory_lock(\(key))") }
        func waits(_ key: Int) -> SQL {
            """
            EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = \(key)
                AND NOT granted)
            """
        }
        let first = Task { try await pool.read(["SELECT pg_advisory_xact_lock(821)"]) }
        try await gate.wait(until: waits(821))
        let unwanted = Task {
            await postgresError {
                _ = try await pool.read(["SELECT pg_advisory_xact_lock(822)"])
            }
        }
        while pool.reads.waiting < 1 { await Task.yield() }
        async let last = pool.read(["SELECT 4 AS number"])
        while pool.reads.waiting < 2 { await Task.yield() }
        _ = try await gate.query("SELECT pg_advisory_unlock(821)")
        _ = try await first.value
        try await gate.wait(until: waits(822))
        unwanted.cancel()
        #expect(await unwanted.value?.kind == .cancelled)
        #expect(try await last[0][0].decode("number") == 4)
        try await gate.wait(until: "NOT \(waits(822))")
    }

    @Test func `a lost connection fails the reads on it, and the next ones get another`()
        async throws
    {
        let pool = try await pool()
        let gate = try await open()
        let process: Int32 = try await pool.read(["SELECT pg_backend_pid() AS pid"])[0][0]
            .decode("pid")
        _ = try await gate.query("SELECT pg_advisory_lock(817)")
        let reader = Task {
            await postgresError { _ = try await pool.read(["SELECT pg_advisory_xact_lock(817)"]) }
        }
        try await gate.wait(
            until: """
                EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = 817
                    AND NOT granted)
                """
        )
        _ = try await gate.query("SELECT pg_terminate_backend(\(process))")
        let error = await reader.value
        #expect(error != nil)
        let rows = try await pool.read(["SELECT 3 AS number"])
        #expect(try rows[0][0].decode("number") == 3)
    }

    @Test func `a closed pool refuses readers`() async throws {
        let pool = try await pool()
        await pool.close()
        let error = await postgresError { _ = try await pool.read(["SELECT 1"]) }
        #expect(error?.kind == .poolClosed)
    }
}
