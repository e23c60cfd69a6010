import Fixtures
import FoundationEssentials
import Postgres
import Sealing
import Testing

@Suite struct ContextTests {
    @Test(arguments: World.roles)
    func `a context that is not as it was signed is refused`(role: String) async throws {
        try await World.with { world in
            let contexts = try BadContext.all()
            #expect(contexts.count > 25)
            try await world.connected(as: role) { connection in
                for bad in contexts {
                    for statement in Self.statements {
                        let outcome = await connection.attempt(statement, in: bad.text)
                        #expect(outcome.code == "42501", "\(bad.name): \(outcome)")
                    }
                }
            }
        }
    }

    @Test(arguments: World.roles, [nil, ""] as [String?])
    func `without a context nothing is seen and nothing is taken`(
        role: String,
        context: String?
    ) async throws {
        try await World.with { world in
            try await Table.grantEverything(in: world)
            for table in try await Table.all(in: world)
            where ["tenant", "global"].contains(table.kind) {
                let row = try await table.sample(.a, in: world)
                try await world.connected(as: role) { connection in
                    _ = try await connection.query("SET default_transaction_read_only = off")
                    let name = table.name
                    let reading: [SQL] = [
                        "SELECT 1 FROM \(unsafe: name)", "DELETE FROM \(unsafe: name)",
                        "SELECT 1 FROM \(unsafe: name) FOR UPDATE",
                    ]
                    for statement in reading {
                        let outcome = await connection.attempt(statement, in: context)
                        #expect(outcome == .done(rows: 0, affected: 0), "\(name): \(outcome)")
                    }
                    guard let row else { return }
                    let insert: SQL =
                        "INSERT INTO \(unsafe: name) (\(unsafe: table.list)) \(table.row(row))"
                    let outcome = await connection.attempt(insert, in: context)
                    #expect(outcome.code == "42501", "\(name): \(outcome)")
                }
            }
        }
    }

    /// `app.claims()` keeps the caller's search path: nothing on it may take a name's place.
    @Test(arguments: World.roles)
    func `a search path of the caller's own changes nothing`(role: String) async throws {
        try await World.with { world in
            _ = try await world.migrated.admin(
                Self.shadows + ["GRANT USAGE ON SCHEMA shadow TO \(unsafe: role)"]
            )
            try await world.connected(as: role) { connection in
                _ = try await connection.query("SET search_path = shadow, pg_catalog, public")
                let own = await connection.attempt(
                    "SELECT 1 FROM public.artifacts",
                    in: Side.a.context()
                )
                #expect(own == .done(rows: 1, affected: 1))
                for bad in try BadContext.all() {
                    let outcome = await connection.attempt("SELECT app.claims()", in: bad.text)
                    #expect(outcome.code == "42501", "\(bad.name): \(outcome)")
                }
            }
        }
    }

    /// What the proof is made of, each true for everything.
    private static let shadows: [SQL] = [
        "CREATE SCHEMA shadow",
        """
        CREATE FUNCTION shadow.sha256(bytea) RETURNS bytea
        LANGUAGE sql IMMUTABLE AS $$SELECT ''::bytea$$
        """,
        """
        CREATE FUNCTION shadow.encode(bytea, text) RETURNS text
        LANGUAGE sql IMMUTABLE AS $$SELECT ''::text$$
        """,
        """
        CREATE FUNCTION shadow."right"(text, integer) RETURNS text
        LANGUAGE sql IMMUTABLE AS $$SELECT ''::text$$
        """,
        """
        CREATE FUNCTION shadow.same(text, text) RETURNS boolean
        LANGUAGE sql IMMUTABLE AS $$SELECT true$$
        """,
        "CREATE OPERATOR shadow.= (LEFTARG = text, RIGHTARG = text, FUNCTION = shadow.same)",
        """
        CREATE FUNCTION shadow.later(timestamptz, timestamptz) RETURNS boolean
        LANGUAGE sql IMMUTABLE AS $$SELECT true$$
        """,
        """
        CREATE OPERATOR shadow.>= (LEFTARG = timestamptz, RIGHTARG = timestamptz,
            FUNCTION = shadow.later)
        """,
    ]

    /// F7: the context ends with its transaction, and so does what it opened.
    @Test(arguments: World.roles)
    func `a context does not outlive its transaction`(role: String) async throws {
        try await World.with { world in
            try await world.connected(as: role) { connection in
                let seen = await connection.attempt(
                    "SELECT 1 FROM artifacts",
                    in: Side.a.context()
                )
                #expect(seen == .done(rows: 1, affected: 1))
                let left = try await connection.query(
                    "SELECT current_setting('app.context', true) AS context"
                )
                #expect(try left[0].decode("context", as: String.self) == "")
                let outcome = await connection.attempt("SELECT 1 FROM artifacts", in: nil)
                #expect(outcome == .done(rows: 0, affected: 0))
            }
        }
    }

    /// F7: a Sync between setting and asking.
    @Test(arguments: World.roles)
    func `a context that was set in another batch does not count`(role: String) async throws {
        try await World.with { world in
            try await world.connected(as: role) { connection in
                let context = Side.a.context()
                _ = try await connection.query("SELECT set_config('app.context', \(context), true)")
                #expect(try await connection.query("SELECT 1 FROM artifacts").isEmpty)
                #expect(try await connection.query("SELECT 1 FROM users").isEmpty)
            }
        }
    }

    @Test func `a failed batch leaves no context behind`() async throws {
        try await World.with { world in
            try await world.connected(as: "ghostworks_app") { connection in
                let failed = await connection.attempt("SELECT 1 / 0", in: Side.a.context())
                #expect(failed.code == "22012")
                let outcome = await connection.attempt("SELECT 1 FROM artifacts", in: nil)
                #expect(outcome == .done(rows: 0, affected: 0))
            }
        }
    }

    @Test func `during a rotation both keys hold, and a retired one does not`() async throws {
        try await World.with { world in
            let next = ContextKey.generate()
            let blocks = next.paddedBlocks
            _ = try await world.migrated.admin(
                """
                INSERT INTO app.context_keys (kid, inner_block, outer_block)
                VALUES (\(next.kid), \(blocks.inner), \(blocks.outer))
                """
            )
            let seen = Attempt.done(rows: 1, affected: 1)
            try await world.connected(as: "ghostworks_app") { connection in
                let statement: SQL = "SELECT 1 FROM artifacts"
                for context in [Side.a.context(), Side.a.context(key: next)] {
                    #expect(await connection.attempt(statement, in: context) == seen)
                }
                _ = try await world.migrated.admin(
                    """
                    UPDATE app.context_keys SET retired_at = clock_timestamp()
                    WHERE kid = \(MigratedDatabase.contextKey.kid)
                    """
                )
                let old = await connection.attempt(statement, in: Side.a.context())
                #expect(old.code == "42501")
                let new = await connection.attempt(statement, in: Side.a.context(key: next))
                #expect(new == seen)
            }
        }
    }

    @Test(arguments: World.roles)
    func `a person's context without a tenant sees no tenant`(role: String) async throws {
        try await World.with { world in
            let context = ContextSigner(current: MigratedDatabase.contextKey).sign(
                ContextClaims(
                    kind: .tenant,
                    user: UUID(uuidString: Side.a.owner),
                    mode: .readWrite
                ),
                expiresAt: Int64(Date().timeIntervalSince1970) + 60
            )
            for table in try await Table.all("tenant", in: world) {
                try await world.connected(as: role) { connection in
                    let outcome = await connection.attempt(
                        "SELECT 1 FROM \(unsafe: table.name)",
                        in: context
                    )
                    #expect(outcome == .done(rows: 0, affected: 0), "\(table.name)")
                }
            }
        }
    }

    private static let statements: [SQL] = [
        "SELECT 1 FROM artifacts", "SELECT 1 FROM tenants", "SELECT 1 FROM users",
        "SELECT 1 FROM tenant_directory", "SELECT app.tenant_id()", "SELECT app.my_workspaces()",
        """
        SELECT * FROM app.search_artifacts('shared', NULL, NULL, NULL, NULL, 10, NULL, NULL,
            NULL, NULL)
        """,
    ]
}

/// A context that must not be believed.
private struct BadContext {
    let name: String
    let text: String

    static func all() throws -> [BadContext] {
        let good = Side.a.context()
        let fields = good.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        let kid = MigratedDatabase.contextKey.kid
        let impostor = try ContextKey(kid: kid, secret: .random(count: 32))
        let mac = fields[8]
        func changed(_ index: Int, _ value: String) -> String {
            var fields = fields
            fields[index] = value
            return fields.joined(separator: ".")
        }
        let later = String((Int64(fields[7]) ?? 0) + 100)
        let exchanged = [
            (0, "v2"), (0, "v1 "), (1, "ffffffff"), (1, ""), (2, "platform"), (2, "system-signin"),
            (2, "system-setup"), (2, ""), (3, Side.b.tenant), (3, "-"), (3, "%"),
            (4, Side.b.owner), (4, "-"), (5, Side.b.supportSession), (6, "ro"), (6, ""),
            (7, later), (7, "-1"), (7, "99999999999999999999"), (7, "x"), (7, ""),
            (8, ""), (8, "0"), (8, mac.uppercased()), (8, String(mac.dropLast())), (8, mac + "0"),
            (8, String(repeating: "0", count: 64)), (8, String(mac.reversed())),
        ]
        let fieldwise = exchanged.map { index, value in
            BadContext(name: "field \(index) is \(value)", text: changed(index, value))
        }
        return fieldwise + [
            BadContext(name: "no key of ours", text: Side.a.context(key: .generate())),
            BadContext(name: "another secret", text: Side.a.context(key: impostor)),
            BadContext(name: "expired", text: Side.a.context(life: -10)),
            BadContext(name: "too long a life", text: Side.a.context(life: 10_000)),
            BadContext(name: "one field too many", text: good + "."),
            BadContext(name: "a field too few", text: fields.dropLast().joined(separator: ".")),
            BadContext(name: "words", text: "let me in"),
            BadContext(name: "dots", text: "........"),
            BadContext(name: "SQL", text: "' OR 1=1 --"),
            BadContext(name: "a long one", text: good + String(repeating: "x", count: 1_000)),
            BadContext(name: "two", text: good + good),
            BadContext(name: "a space before", text: " " + good),
        ]
    }
}
