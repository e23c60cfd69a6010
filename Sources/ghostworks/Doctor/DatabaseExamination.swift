import Domain
import Postgres
import Schema
import Sealing

/// Looks at the database through the application's own connection.
struct DatabaseExamination {
    let connection: PostgresConnection
    let keys: Keys?

    func findings() async throws -> [Finding] {
        var findings = [try await version(), try await clock()]
        let schema = try await schema()
        findings.append(schema)
        guard schema.state == .ok else {
            return findings
                + ["roles", "walls", "partitions", "context key", "bells"].map {
                    .skipped($0, because: "needs the schema")
                }
        }
        findings += [try await roles(), try await walls(), try await partitions()]
        findings += [try await contextKey(), try await bells()]
        return findings
    }

    private func version() async throws -> Finding {
        let rows = try await connection.query(
            """
            SELECT current_setting('server_version') AS name,
                current_setting('server_version_num')::integer AS number
            """
        )
        let name = try rows.first?.decode("name", as: String.self) ?? ""
        guard try rows.first?.decode("number", as: Int32.self) ?? 0 >= 150_000 else {
            return .failed(
                "server",
                "PostgreSQL \(name) is too old",
                fix: "Use PostgreSQL 15 or newer."
            )
        }
        return .ok("server", "PostgreSQL \(name)")
    }

    private func clock() async throws -> Finding {
        let before = SystemTime.now
        let rows = try await connection.query("SELECT clock_timestamp() AS present")
        let after = SystemTime.now
        guard let present = try rows.first?.decode("present", as: Timestamp.self) else {
            return .skipped("clocks", because: "the database did not say its time")
        }
        let middle = (before.microseconds + after.microseconds) / 2
        let milliseconds = abs(present.microseconds - middle) / 1_000
        let text = "\(milliseconds) ms between this machine and the database"
        // A signed context lives two minutes and is judged by the database's clock.
        guard milliseconds < 30_000 else {
            return .failed("clocks", text, fix: "Set both clocks by NTP.")
        }
        guard milliseconds < 2_000 else {
            return .warning("clocks", text, fix: "Set both clocks by NTP.")
        }
        return .ok("clocks", text)
    }

    private func schema() async throws -> Finding {
        let newest = SelfCheck.newest
        do {
            try await Migrator.requireCurrent(on: connection, newest: newest)
            return .ok("schema", "version \(newest)")
        } catch let error as SchemaError {
            let isOlder = if case .olderDatabase = error { true } else { false }
            return .failed(
                "schema",
                "\(error)",
                fix: isOlder ? "ghostworks migrate up" : "Install a newer ghostworks."
            )
        }
    }

    private func roles() async throws -> Finding {
        let rows = try await connection.query(
            """
            SELECT r.rolname, r.rolsuper, r.rolbypassrls, r.rolcreaterole
            FROM pg_roles AS r
            WHERE r.rolname = session_user
            """
        )
        guard let row = rows.first else {
            return .skipped("roles", because: "the role cannot be seen")
        }
        let name = try row.decode("rolname", as: String.self)
        let mighty = [
            try row.decode("rolsuper", as: Bool.self) ? "is a superuser" : nil,
            try row.decode("rolbypassrls", as: Bool.self) ? "has BYPASSRLS" : nil,
            try row.decode("rolcreaterole", as: Bool.self) ? "may make roles" : nil,
        ].compactMap { $0 }
        guard mighty.isEmpty else {
            return .failed(
                "roles",
                "\(name) \(mighty.joined(separator: " and ")): walls do not hold for it",
                fix: "Connect as ghostworks_app (setting database.url)."
            )
        }
        return .ok("roles", "\(name) is an ordinary role")
    }

    private func walls() async throws -> Finding {
        let rows = try await connection.query("SELECT object, problem FROM app.wall_problems()")
        let problems = try rows.map { row in
            let object = try row.decode("object", as: String.self)
            return "\(object) \(try row.decode("problem", as: String.self))"
        }
        guard problems.isEmpty else {
            return .failed(
                "walls",
                problems.joined(separator: "; "),
                fix: "Undo the change that was made by hand, or restore the schema: "
                    + "ghostworks migrate verify"
            )
        }
        let count = try await connection.query(
            "SELECT count(*) AS walls FROM app.walls WHERE kind IN ('tenant', 'global')"
        )
        return .ok("walls", "\(try count.first?.decode("walls", as: Int64.self) ?? 0) tables")
    }

    /// The events of next month must have a place before the month begins.
    private func partitions() async throws -> Finding {
        let rows = try await connection.query(
            """
            SELECT p.relname AS parent, to_char(m.month, 'YYYYMM') AS month
            FROM pg_partitioned_table AS t
            JOIN pg_class AS p ON p.oid = t.partrelid
            JOIN pg_namespace AS n ON n.oid = p.relnamespace AND n.nspname = 'public'
            CROSS JOIN generate_series(
                date_trunc('month', clock_timestamp() AT TIME ZONE 'UTC'),
                date_trunc('month', clock_timestamp() AT TIME ZONE 'UTC') + interval '1 month',
                interval '1 month') AS m (month)
            WHERE to_regclass('public.' || quote_ident(
                p.relname || '_' || to_char(m.month, 'YYYYMM'))) IS NULL
            ORDER BY 1, 2
            """
        )
        let missing = try rows.map { row in
            let parent = try row.decode("parent", as: String.self)
            return "\(parent)_\(try row.decode("month", as: String.self))"
        }
        guard missing.isEmpty else {
            return .failed(
                "partitions",
                "missing: \(missing.joined(separator: ", "))",
                fix: "ghostworks migrate up"
            )
        }
        return .ok("partitions", "this month's and the next one's are there")
    }

    private func contextKey() async throws -> Finding {
        guard let keys else { return .skipped("context key", because: "needs the keys") }
        let signer = ContextSigner(keys: keys.context)
        let check = SelfCheck(connection: connection, signer: signer)
        guard try await check.knowsContextKey() else {
            return .failed(
                "context key",
                "the database does not accept the key \(signer.kid)",
                fix: "ghostworks migrate up, or set keys.context to the right key"
            )
        }
        return .ok("context key", "the database accepts \(signer.kid)")
    }

    /// Without the key for their names no screen hears of a change.
    private func bells() async throws -> Finding {
        let rows = try await connection.query("SELECT app.has_bell_key() AS found")
        guard try rows.first?.decode("found") == true else {
            return .warning(
                "bells",
                "app.bell_keys is empty: screens do not hear of changes",
                fix: "ghostworks migrate up"
            )
        }
        return .ok("bells", "screens hear of changes")
    }
}
