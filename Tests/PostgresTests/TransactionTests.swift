import Postgres
import Support
import Testing

@Suite struct TransactionTests {
    private struct Refusal: Error {}

    private func table() async throws -> PostgresConnection {
        let connection = try await open()
        _ = try await connection.query("CREATE TEMPORARY TABLE t (n int)")
        return connection
    }

    private func count(_ connection: PostgresConnection) async throws -> Int {
        try await connection.query("SELECT n FROM t").count
    }

    @Test func `a body that returns is committed`() async throws {
        let connection = try await table()
        try await connection.transaction { tx in
            _ = try tx.query("INSERT INTO t VALUES (1)")
            _ = try tx.batch(["INSERT INTO t VALUES (2)", "INSERT INTO t VALUES (3)"])
        }
        #expect(try await count(connection) == 3)
    }

    @Test func `a body that throws is undone`() async throws {
        let connection = try await table()
        await #expect(throws: Refusal.self) {
            try await connection.transaction { tx in
                _ = try tx.query("INSERT INTO t VALUES (1)")
                throw Refusal()
            }
        }
        #expect(try await count(connection) == 0)
    }

    @Test func `an error that the body swallows still fails the transaction`() async throws {
        let connection = try await table()
        let error = await postgresError {
            try await connection.transaction { tx in
                _ = try tx.query("INSERT INTO t VALUES (1)")
                _ = try? tx.query("SELECT nothing")
            }
        }
        #expect(error?.sqlState == .undefinedColumn)
        #expect(try await count(connection) == 0)
    }

    @Test func `the preamble is in force for the first statement`() async throws {
        let connection = try await table()
        let preamble: [SQL] = ["SELECT set_config('app.context', \("c"), true) AS guard"]
        let (context, guardValue) = try await connection.transaction(preamble: preamble) { tx in
            let row = try tx.query("SELECT current_setting('app.context') AS value")[0]
            return (
                try row.decode("value", as: String.self),
                try tx.preambleRows[0][0].decode("guard", as: String.self)
            )
        }
        #expect(context == "c")
        #expect(guardValue == "c")
    }

    @Test func `a body without statements sends nothing`() async throws {
        let connection = try await table()
        // The preamble would fail if it were sent.
        let value = try await connection.transaction(preamble: ["SELECT nothing"]) { _ in 1 }
        #expect(value == 1)
    }

    @Test func `a failing preamble fails the transaction`() async throws {
        let connection = try await table()
        let error = await postgresError {
            try await connection.transaction(preamble: ["SELECT nothing"]) { tx in
                _ = try tx.query("INSERT INTO t VALUES (1)")
            }
        }
        #expect(error?.sqlState == .undefinedColumn)
        #expect(try await count(connection) == 0)
    }

    @Test func `a read-only transaction refuses changes`() async throws {
        let connection = try await open()
        let error = await postgresError {
            try await connection.transaction(.readOnly) { tx in
                _ = try tx.query("CREATE TABLE refused (n int)")
            }
        }
        #expect(error?.sqlState == .readOnlyTransaction)
    }

    @Test func `the last statements commit at once and end the transaction`() async throws {
        let connection = try await table()
        let error = await postgresError {
            try await connection.transaction { tx in
                _ = try tx.last(["INSERT INTO t VALUES (1)"])
                _ = try tx.query("INSERT INTO t VALUES (2)")
            }
        }
        #expect(error?.description == "a transaction must not be used after its end")
        #expect(try await count(connection) == 1)
    }

    @Test func `a body must not go around its transaction`() async throws {
        let connection = try await table()
        let error = await postgresError {
            try await nested(connection)
        }
        #expect(error?.description == "statements in a transaction's body must go through it")
        #expect(try await count(connection) == 0)
    }

    private func nested(_ connection: isolated PostgresConnection) throws {
        try connection.transaction { tx in
            _ = try tx.query("INSERT INTO t VALUES (1)")
            _ = try connection.query("INSERT INTO t VALUES (2)")
        }
    }

    @Test func `a body that commits by itself is refused`() async throws {
        let connection = try await table()
        let error = await postgresError {
            try await connection.transaction { tx in
                _ = try tx.query("INSERT INTO t VALUES (1)")
                _ = try tx.query("ROLLBACK")
            }
        }
        #expect(error != nil)
    }
}
