import Postgres
import Support
import Testing

@Suite struct ConnectionTests {
    @Test func `a statement tells how many rows it changed`() async throws {
        let connection = try await open()
        let results = try await connection.batch([
            "CREATE TEMPORARY TABLE t (n bigint) ON COMMIT DROP",
            "INSERT INTO t SELECT generate_series(1, 3)",
            "SELECT n FROM t ORDER BY n",
        ])
        #expect(results.map(\.affected) == [0, 3, 3])
        #expect(try results[2].map { try $0.decode("n", as: Int.self) } == [1, 2, 3])
        #expect(results[2].columns == ["n"])
    }

    @Test func `a failing statement undoes its batch`() async throws {
        let connection = try await open()
        _ = try await connection.query("CREATE TEMPORARY TABLE t (n bigint)")
        let error = await postgresError {
            _ = try await connection.batch(["INSERT INTO t VALUES (1)", "SELECT 1/0"])
        }
        #expect(error?.sqlState?.rawValue == "22012")
        #expect(try await connection.query("SELECT n FROM t").isEmpty)
    }

    @Test func `a constraint that fails at the end fails the batch`() async throws {
        let connection = try await open()
        try await connection.execute(
            script: """
                CREATE TEMPORARY TABLE a (id int PRIMARY KEY);
                CREATE TEMPORARY TABLE b (id int CONSTRAINT b_a REFERENCES a
                    DEFERRABLE INITIALLY DEFERRED);
                """
        )
        let error = await postgresError {
            _ = try await connection.query("INSERT INTO b VALUES (1)")
        }
        #expect(error?.sqlState == .foreignKeyViolation)
        #expect(error?.constraint == "b_a")
        #expect(try await connection.query("SELECT id FROM b").isEmpty)
    }

    @Test func `a setting of a batch is gone after it`() async throws {
        let connection = try await open()
        let rows = try await connection.batch([
            "SELECT set_config('app.context', 'c', true)",
            "SELECT current_setting('app.context') AS value",
        ])
        #expect(try rows[1][0].decode("value") == "c")
        let after = try await connection.query("SELECT current_setting('app.context') AS value")
        #expect(try after[0].decode("value") == "")
    }

    @Test func `an error shows no values`() async throws {
        let connection = try await open()
        _ = try await connection.query(
            "CREATE TEMPORARY TABLE t (mail text CONSTRAINT t_mail_key UNIQUE)"
        )
        let insert: SQL = "INSERT INTO t VALUES (\("secret@example.org"))"
        _ = try await connection.query(insert)
        let error = try #require(await postgresError { _ = try await connection.query(insert) })
        #expect(
            error.description == "server error 23505, constraint 't_mail_key', table 't'"
        )
        #expect(error.debugDescription.contains("secret@example.org"))
    }

    @Test func `a statement whose result changed its type is prepared again`() async throws {
        let connection = try await open()
        _ = try await connection.query("CREATE TEMPORARY TABLE t (n int)")
        let query: SQL = "SELECT * FROM t"
        _ = try await connection.query(query)
        _ = try await connection.query("ALTER TABLE t ADD m int")
        #expect(try await connection.query(query).columns == ["n", "m"])
    }

    @Test func `statements that somebody deallocated are prepared again`() async throws {
        let connection = try await open()
        _ = try await connection.query("SELECT 1 AS n")
        try await connection.execute(script: "DEALLOCATE ALL")
        let value = try await connection.transaction { tx in
            try tx.query("SELECT 1 AS n")[0].decode("n", as: Int.self)
        }
        #expect(value == 1)
    }

    @Test func `a connection holds a bounded number of prepared statements`() async throws {
        let connection = try await open()
        for number in 0..<300 {
            _ = try await connection.query("SELECT \(unsafe: "\(number)") AS n")
        }
        let rows = try await connection.query("SELECT count(*) AS n FROM pg_prepared_statements")
        #expect(try rows[0].decode("n", as: Int.self) <= 257)
    }

    @Test func `many large statements in one batch do not block each other`() async throws {
        let connection = try await open()
        let large = String(repeating: "x", count: 300_000)
        let rows = try await connection.batch((0..<20).map { _ in "SELECT \(large) AS value" })
        #expect(try rows.allSatisfy { try $0[0].decode("value", as: String.self) == large })
    }

    @Test func `a script runs many statements`() async throws {
        let connection = try await open()
        try await connection.execute(
            script: "CREATE TEMPORARY TABLE t (n int); INSERT INTO t VALUES (1), (2)"
        )
        #expect(try await connection.query("SELECT n FROM t").count == 2)
    }

    @Test func `a failing script leaves the connection usable`() async throws {
        let connection = try await open()
        let error = await postgresError {
            try await connection.execute(script: "SELECT 1; SELECT nothing; SELECT 2")
        }
        #expect(error?.sqlState == .undefinedColumn)
        #expect(try await connection.query("SELECT 1").count == 1)
    }

    @Test func `a text with NUL is refused by the server`() async throws {
        let connection = try await open()
        let error = await postgresError { _ = try await connection.query("SELECT \("a\0b")") }
        #expect(error?.sqlState == .characterNotInRepertoire)
    }

    @Test func `the server ends a statement that runs too long`() async throws {
        let connection = try await open { $0.statementTimeout = .milliseconds(20) }
        let error = await postgresError { _ = try await connection.query("SELECT pg_sleep(60)") }
        #expect(error?.kind == .server(.queryCanceled))
    }

    @Test func `the server ends a wait for a lock that takes too long`() async throws {
        let holder = try await open()
        let waiter = try await open { $0.lockTimeout = .milliseconds(20) }
        _ = try await holder.query("SELECT pg_advisory_lock(4711)")
        let error = await postgresError {
            _ = try await waiter.query("SELECT pg_advisory_lock(4711)")
        }
        #expect(error?.sqlState == .lockNotAvailable)
    }

    @Test func `session parameters reach the server`() async throws {
        let connection = try await open { $0.parameters = ["app.note": "a b\\c"] }
        let rows = try await connection.query("SELECT current_setting('app.note') AS value")
        #expect(try rows[0].decode("value") == "a b\\c")
    }

    @Test func `a closed connection says so`() async throws {
        let connection = try await open()
        await connection.close()
        let error = await postgresError { _ = try await connection.query("SELECT 1") }
        #expect(error?.kind == .connectionLost(outcomeUnknown: false))
    }

    @Test func `a role that does not exist cannot connect`() async throws {
        let error = await postgresError { _ = try await open { $0.user = "nobody_here" } }
        guard case .connectionFailed(let reason)? = error?.kind else {
            Issue.record("expected a failed connection, got \(String(describing: error))")
            return
        }
        #expect(reason.contains("nobody_here"))
    }
}
