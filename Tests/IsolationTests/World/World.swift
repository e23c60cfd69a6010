import Fixtures
import Logging
import Postgres
import Support
import Testing

// DESIGN
//
// 1. Two tenants, A and B, with rows in every walled table. Every text of B holds `canary-b`, every
//    id of B begins with `bbbbbbbb`: what A gets is searched for both.
// 2. The clone is given the database privileges that migrations give, because CREATE DATABASE
//    copies none.
// 3. What B owns is fingerprinted as the superuser: after whatever A tried it is the same.

/// A migrated database with two tenants in it.
struct World: Sendable {
    let migrated: MigratedDatabase

    /// Both roles that the product signs in with.
    static let roles = ["ghostworks_app", "ghostworks_reader"]

    var psql: Psql { Psql(database: migrated.name) }

    static func with(_ body: (World) async throws -> Void) async throws {
        try await MigratedDatabase.with { migrated in
            let world = World(migrated: migrated)
            let output = try await world.psql.run(
                as: nil,
                """
                \\set ON_ERROR_STOP on
                BEGIN;
                REVOKE ALL ON DATABASE "\(migrated.name)" FROM PUBLIC;
                GRANT CONNECT ON DATABASE "\(migrated.name)" TO ghostworks_app, ghostworks_reader;
                INSERT INTO signing_keys (kid, algorithm, public_key, private_ref)
                VALUES ('k', 'EdDSA', '\\x00', 'canary-b-reference');
                INSERT INTO rate_limits (bucket, empty_at)
                VALUES (gen_random_uuid(), now());
                INSERT INTO node_figures (node_id, host, started_at, measured_at, requests,
                    errors, pool_size, pool_in_use, pool_waiting, pool_timeouts)
                VALUES (gen_random_uuid(), 'canary-b-host', now(), now(), 0, 0, 0, 0, 0, 0);
                INSERT INTO ai_nodes (node_id) VALUES (gen_random_uuid());
                \(Side.a.rows)
                \(Side.b.rows)
                INSERT INTO platform_alert_marks (kind, subject, level, marked_by)
                SELECT 'silent', 'canary-b-host', 0, min(u.id::text)::uuid FROM users AS u;
                COMMIT;
                """
            )
            try #require(output.reports.isEmpty, "\(output.reports)")
            try await body(world)
        }
    }

    /// A connection of its own as a role, without any context.
    func connect(as role: String) async throws -> PostgresConnection {
        var settings = try await TestCluster.shared().settings(database: migrated.name)
        settings.user = role
        settings.password = nil
        return try await PostgresConnection.connect(settings)
    }

    /// Runs a body with a connection of its own as a role.
    func connected<Value: Sendable>(
        as role: String,
        _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        let connection = try await connect(as: role)
        let outcome: Result<Value, any Error>
        do {
            outcome = .success(try await body(connection))
        } catch {
            outcome = .failure(error)
        }
        await connection.close()
        return try outcome.get()
    }

    /// One text for all rows that are a side's, and for all that are nobody's.
    func fingerprint(of side: Side) async throws -> [String: String] {
        var prints: [String: String] = [:]
        for table in try await Table.all(in: self) {
            let rows = try await migrated.admin(
                """
                SELECT coalesce(md5(string_agg(t::text, ';' ORDER BY t::text)), 'none') AS print
                FROM \(unsafe: table.name) AS t
                WHERE \(unsafe: table.condition(side))
                """
            )
            prints[table.name] = try rows[0].decode("print", as: String.self)
        }
        return prints
    }
}

extension PostgresConnection {
    /// What a statement does in a context that is set in the same transaction.
    func attempt(_ statement: SQL, in context: String?) -> Attempt {
        let preamble: [SQL] =
            context.map { ["SELECT set_config('app.context', \($0), true)"] } ?? []
        do throws(PostgresError) {
            let results = try batch(preamble + [statement])
            let rows = results[results.count - 1]
            return .done(rows: rows.count, affected: rows.affected)
        } catch {
            return .refused(error.sqlState?.rawValue ?? "lost", error.message ?? "")
        }
    }
}

/// What became of a statement.
enum Attempt: Hashable, CustomStringConvertible {
    case done(rows: Int, affected: Int)
    case refused(String, String)

    var code: String? {
        if case .refused(let code, _) = self { code } else { nil }
    }

    /// Nothing was seen and nothing was changed.
    var isFruitless: Bool {
        switch self {
        case .done(let rows, let affected): rows == 0 && affected == 0
        case .refused(let code, _): ["42501", "25006", "0A000"].contains(code)
        }
    }

    var description: String {
        switch self {
        case .done(let rows, let affected): "\(rows) rows, \(affected) affected"
        case .refused(let code, let message): "\(code): \(message)"
        }
    }
}
