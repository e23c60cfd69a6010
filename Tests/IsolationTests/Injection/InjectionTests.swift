import Fixtures
import Foundation
import Postgres
import Sealing
import Testing

// DESIGN
//
// 1. The payloads go through psql, whole and unescaped, as the strongest injection there is: several
//    statements, utility commands, nothing prepared.
// 2. Each runs on a connection of its own: in a transaction whose context is A's, and once more with
//    A's context set for the session. `bare` is the application's password and nothing else.
// 3. Everything that comes back, errors with all their fields included, is searched for B's secrets;
//    what the payload itself says is not a secret.
// 4. B is fingerprinted before and after, and a connection of B's must survive.

@Suite struct InjectionTests {
    @Test func `there are enough payloads, and no two of one name`() {
        #expect(Payload.all.count >= 100)
        #expect(Set(Payload.all.map(\.name)).count == Payload.all.count)
    }

    @Test(arguments: World.roles)
    func `no payload in a tenant's context reads or writes the other tenant`(
        role: String
    ) async throws {
        try await World.with { world in
            let before = try await world.fingerprint(of: .b)
            let neighbour = try await world.neighbour()
            let context = Side.a.context()
            let outputs = try await world.run(Payload.all, as: role) { payload in
                """
                BEGIN;
                SELECT length(set_config('app.context', '\(context)', true));
                \(payload.sql);
                COMMIT;
                ROLLBACK;
                SET app.context = '\(context)';
                \(payload.sql);
                """
            }
            for (payload, output) in zip(Payload.all, outputs) {
                #expect(
                    payload.found(Side.b.secrets, in: output) == [],
                    "\(payload.name): \(output)"
                )
            }
            #expect(try await world.fingerprint(of: .b) == before)
            #expect(try await neighbour.query("SELECT 1 FROM artifacts").isEmpty)
            await neighbour.close()
        }
    }

    @Test(arguments: World.roles)
    func `no payload on a bare connection reads a tenant, a user or a session`(
        role: String
    ) async throws {
        try await World.with { world in
            let before = try await world.fingerprint(of: .b)
            let own = try await world.fingerprint(of: .a)
            let outputs = try await world.run(Payload.all, as: role) { "\($0.sql);" }
            for (payload, output) in zip(Payload.all, outputs) {
                let found = payload.found(Side.b.secrets + Side.a.secrets, in: output)
                #expect(found == [], "\(payload.name): \(output)")
            }
            #expect(try await world.fingerprint(of: .b) == before)
            #expect(try await world.fingerprint(of: .a) == own)
        }
    }

    /// The search above finds what is there to be found.
    @Test func `a payload that works is noticed`() async throws {
        try await World.with { world in
            _ = try await world.migrated.admin(
                "CREATE POLICY hole ON artifacts FOR SELECT TO authenticated_users USING (true)"
            )
            let payload = Payload("loot", "SELECT * FROM artifacts")
            let outputs = try await world.run([payload], as: "ghostworks_app") { "\($0.sql);" }
            #expect(outputs[0].contains(Side.b.canary))
            #expect(payload.found(Side.b.secrets, in: outputs[0]).contains(Side.b.tenant))
        }
    }

    @Test(arguments: World.roles)
    func `a bare connection with the application's password sees no row of a walled table`(
        role: String
    ) async throws {
        try await World.with { world in
            for table in try await Table.all(in: world)
            where ["tenant", "global"].contains(table.kind) {
                try await world.connected(as: role) { connection in
                    let outcome = await connection.attempt(
                        "SELECT 1 FROM \(unsafe: table.name)",
                        in: nil
                    )
                    #expect(outcome == .done(rows: 0, affected: 0), "\(table.name): \(outcome)")
                }
            }
        }
    }

    @Test(arguments: World.roles)
    func `no context at all lets a password hash be read`(role: String) async throws {
        try await World.with { world in
            let contexts = [nil, Side.a.context(), Side.a.context(.platform)]
            for context in contexts {
                try await world.connected(as: role) { connection in
                    let outcome = await connection.attempt(
                        "SELECT password_hash FROM users",
                        in: context
                    )
                    #expect(outcome.code == "42501")
                }
            }
        }
    }
}

extension Payload {
    /// What the payload says itself is no secret to whoever wrote it.
    fileprivate func found(_ secrets: [String], in output: String) -> [String] {
        secrets.filter { output.contains($0) && !sql.lowercased().contains($0) }
    }
}

extension World {
    /// Runs each payload on a connection of its own and gives back all that was said, in lower case.
    fileprivate func run(
        _ payloads: [Payload],
        as role: String,
        _ script: (Payload) -> String
    ) async throws -> [String] {
        var whole = ""
        for (number, payload) in payloads.enumerated() {
            whole += "\\echo \(Self.mark)\(number)\n\\warn \(Self.mark)\(number)\n"
            whole += "\\connect - - - -\n\\set VERBOSITY verbose\n\(script(payload))\n"
        }
        whole += "\\echo \(Self.mark)end\n\\warn \(Self.mark)end\n"
        let output = try await psql.run(as: role, whole)
        let rows = Self.parts(output.rows)
        let reports = Self.parts(output.reports)
        try #require(rows.count == payloads.count + 1, "\(output.reports.suffix(2_000))")
        try #require(reports.count == payloads.count + 1)
        return zip(rows, reports).dropLast().map { ($0 + "\n" + $1).lowercased() }
    }

    private static let mark = "=-=-=-="

    /// What follows each mark.
    private static func parts(_ text: String) -> [String] {
        Array(text.components(separatedBy: mark).dropFirst())
    }

    /// A connection of the application that works for B at the moment: its parameters are secrets.
    fileprivate func neighbour() async throws -> PostgresConnection {
        let connection = try await connect(as: "ghostworks_app")
        let attempt = await connection.attempt(
            "SELECT * FROM artifacts WHERE name = \(Side.b.canary) OR true",
            in: Side.b.context()
        )
        try #require(attempt == .done(rows: 1, affected: 1))
        return connection
    }
}
