import Postgres

/// One migrator's work on its locked connection.
struct MigrationRun {
    let connection: PostgresConnection
    let listener: Migrator.Listener

    var ledger: MigrationLedger { MigrationLedger(connection: connection) }

    /// Takes steps one after the other, each in its own transaction.
    func take(_ steps: [Migration], _ direction: Migration.Direction) async throws {
        // Before the first one runs, so that a file that cannot run as a whole stops everything.
        for step in steps {
            if let found = SQLScript(step.script(direction)).transactionStatement {
                throw SchemaError.endsTransaction(
                    file: step.file(direction),
                    line: found.line,
                    word: found.word
                )
            }
        }
        for step in steps {
            await listener(.began(step, direction))
            let took = try await take(step, direction)
            await listener(.finished(step, direction, took: took))
        }
    }

    private func take(
        _ step: Migration,
        _ direction: Migration.Direction
    ) async throws -> Duration {
        let clock = ContinuousClock()
        let start = clock.now
        var current: SQLScript.Statement?
        do {
            try await connection.execute(script: Self.begin)
            for statement in SQLScript(step.script(direction)).statements {
                current = statement
                await listener(.statement(step, direction, line: statement.line))
                try await connection.execute(script: statement.text)
            }
            current = nil
            // The file's own SET ROLE and settings end here: the ledger is the administrator's.
            try await connection.execute(script: "RESET ROLE; RESET ALL")
            switch direction {
            case .up: try await ledger.record(step, took: clock.now - start)
            case .down: try await ledger.erase(step)
            }
            await listener(.committing(step, direction))
            try await connection.execute(script: "COMMIT")
        } catch let error as PostgresError {
            // On a lost connection this fails too, and the server has rolled back by itself.
            try? await connection.execute(script: "ROLLBACK")
            throw Self.explain(error, file: step.file(direction), statement: current)
        }
        return clock.now - start
    }

    // Statements of a migration may take long; waiting for another's lock may not.
    private static let begin = """
        BEGIN;
        SET LOCAL lock_timeout = '3s';
        SET LOCAL statement_timeout = 0;
        SET LOCAL idle_in_transaction_session_timeout = 0;
        SET LOCAL client_min_messages = warning
        """

    private static func explain(
        _ error: PostgresError,
        file: String,
        statement: SQLScript.Statement?
    ) -> any Error {
        guard let report = error.report, !report.sqlState.isConnectionException else {
            switch error.kind {
            case .connectionLost, .server: return SchemaError.connectionLost(file: file)
            default: return error
            }
        }
        let line = statement.map { statement in
            report.position.map { statement.line(atCharacter: $0) } ?? statement.line
        }
        if report.sqlState == .lockNotAvailable {
            return SchemaError.locked(file: file, line: line)
        }
        return SchemaError.failed(
            file: file,
            line: line,
            message: report.message,
            hint: report.hint
        )
    }

    /// Makes what has to be there besides tables: the coming months' partitions, and the key for
    /// bells; each once a migration has made the function for it.
    func ensureStanding() async throws {
        for function in ["ensure_partitions", "ensure_bell_key"] {
            let rows = try await connection.query(
                """
                SELECT EXISTS (
                    SELECT FROM pg_proc AS p
                    JOIN pg_namespace AS n ON n.oid = p.pronamespace
                    WHERE n.nspname = 'app' AND p.proname = \(function)
                ) AS found
                """
            )
            guard try rows.first?.decode("found") == true else { continue }
            let call = "app.\(function)()"
            do {
                try await connection.execute(script: "\(Self.begin); SELECT \(call); COMMIT")
            } catch {
                throw Self.explain(error, file: call, statement: nil)
            }
        }
    }
}
