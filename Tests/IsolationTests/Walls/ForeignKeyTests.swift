import Fixtures
import Postgres
import Testing

/// Foreign keys do not obey row security: each must carry the tenant.
@Suite struct ForeignKeyTests {
    /// The parent's bare id exists, of the other tenant: that must not be enough.
    @Test func `no row can point to another tenant's parent`() async throws {
        try await World.with { world in
            try await Table.grantEverything(in: world)
            let tables = try await Table.all("tenant", in: world)
            let keys = try await ForeignKey.composite(in: world)
            #expect(keys.count >= 3)
            for key in keys {
                let child = try #require(tables.first { $0.name == key.child })
                let parent = try #require(tables.first { $0.name == key.parent })
                let foreign = try await key.values(of: parent, side: .b, in: world)
                let own = try #require(try await child.sample(.a, in: world))
                let row: SQL = """
                    SELECT \(unsafe: child.list) FROM jsonb_populate_record(
                        NULL::\(unsafe: child.name), \(own)::jsonb || \(foreign)::jsonb)
                    """
                // A second row with one's own keys would be refused for those; and a role of the
                // tenant's own making takes the place of the platform's.
                let attack: SQL =
                    key.name.hasSuffix("_role_id_fkey")
                    ? """
                    UPDATE \(unsafe: child.name) SET role_key = NULL,
                        role_id = (\(foreign)::jsonb ->> 'role_id')::uuid
                    """
                    : "INSERT INTO \(unsafe: child.name) (\(unsafe: child.list)) \(row)"
                try await world.connected(as: "ghostworks_app") { connection in
                    let outcome = await connection.attempt(attack, in: Side.a.context())
                    #expect(outcome.code == "23503", "\(key.name): \(outcome)")
                }
            }
        }
    }

    /// Keys that consist of the tenant alone: their rows are refused by the wall.
    @Test func `every foreign key between tenant tables carries the tenant`() async throws {
        try await World.with { world in
            let bare = try await world.migrated.admin(
                """
                SELECT c.conname
                FROM pg_constraint AS c
                JOIN app.walls AS here ON here.table_name::regclass = c.conrelid
                    AND here.kind = 'tenant'
                JOIN app.walls AS there ON there.table_name::regclass = c.confrelid
                    AND there.kind = 'tenant'
                WHERE c.contype = 'f' AND NOT here.tenant_column = ANY (
                    SELECT a.attname FROM pg_attribute AS a
                    WHERE a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey))
                """
            )
            #expect(try bare.map { try $0.decode("conname", as: String.self) } == [])
        }
    }
}

/// A foreign key of more columns than the tenant.
private struct ForeignKey: Sendable {
    let name: String
    let child: String
    let parent: String
    /// The columns beside the tenant, and those they point to.
    let here: [String]
    let there: [String]

    static func composite(in world: World) async throws -> [ForeignKey] {
        let rows = try await world.migrated.admin(
            """
            SELECT c.conname, child.table_name AS child, parent.table_name AS parent,
                array_agg(h.attname::text ORDER BY pair.n) AS here,
                array_agg(t.attname::text ORDER BY pair.n) AS there
            FROM pg_constraint AS c
            JOIN app.walls AS child ON child.table_name::regclass = c.conrelid
                AND child.kind = 'tenant'
            JOIN app.walls AS parent ON parent.table_name::regclass = c.confrelid
                AND parent.kind = 'tenant',
                unnest(c.conkey, c.confkey) WITH ORDINALITY AS pair (here, there, n)
            JOIN pg_attribute AS h ON h.attnum = pair.here
            JOIN pg_attribute AS t ON t.attnum = pair.there
            WHERE c.contype = 'f' AND c.conparentid = 0 AND cardinality(c.conkey) > 1
              AND h.attrelid = c.conrelid AND t.attrelid = c.confrelid
              AND h.attname <> child.tenant_column
            GROUP BY 1, 2, 3
            """
        )
        return try rows.map { row in
            ForeignKey(
                name: try row.decode("conname"),
                child: try row.decode("child"),
                parent: try row.decode("parent"),
                here: try row.decode("here"),
                there: try row.decode("there")
            )
        }
    }

    /// The other tenant's key under the child's names, as JSON.
    func values(of table: Table, side: Side, in world: World) async throws -> String {
        let pairs = zip(here, there).map { "'\($0)', t.\($1)" }.joined(separator: ", ")
        let rows = try await world.migrated.admin(
            """
            SELECT jsonb_build_object(\(unsafe: pairs))::text AS json
            FROM \(unsafe: parent) AS t WHERE \(unsafe: table.condition(side)) LIMIT 1
            """
        )
        return try #require(rows.first).decode("json")
    }
}
