import Fixtures
import Postgres

/// A registered table as the catalogue describes it.
struct Table: Sendable {
    /// With its schema.
    let name: String
    /// `tenant`, `global`, `reference` or `internal`.
    let kind: String
    let tenantColumn: String?
    /// The columns that can be written.
    let columns: [String]

    static func all(in world: World) async throws -> [Table] {
        let rows = try await world.migrated.admin(
            """
            SELECT w.table_name, w.kind, w.tenant_column,
                (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute AS a
                 WHERE a.attrelid = w.table_name::regclass AND a.attnum > 0
                   AND NOT a.attisdropped AND a.attgenerated = '') AS columns
            FROM app.walls AS w
            ORDER BY w.table_name
            """
        )
        return try rows.map { row in
            Table(
                name: try row.decode("table_name"),
                kind: try row.decode("kind"),
                tenantColumn: try row.decode("tenant_column"),
                columns: try row.decode("columns")
            )
        }
    }

    static func all(_ kind: String, in world: World) async throws -> [Table] {
        try await all(in: world).filter { $0.kind == kind }
    }

    /// The rows of a side; in a table without tenants those that name it, or all.
    func condition(_ side: Side) -> String {
        switch kind {
        case "tenant": "\(tenantColumn ?? "") = '\(side.tenant)'"
        case "global": "t::text ~ '\(side.letter){8}-|\(side.canary)'"
        default: "true"
        }
    }

    var list: String { columns.joined(separator: ", ") }

    /// A statement's part that selects one row of a side, known to the attacker to the letter.
    func row(_ json: String) -> SQL {
        "SELECT \(unsafe: list) FROM jsonb_populate_record(NULL::\(unsafe: name), \(json)::jsonb)"
    }

    /// One row of a side, as JSON.
    func sample(_ side: Side, in world: World) async throws -> String? {
        try await world.migrated.admin(
            """
            SELECT to_jsonb(t)::text AS json FROM \(unsafe: name) AS t
            WHERE \(unsafe: condition(side)) LIMIT 1
            """
        ).first?.decode("json", as: String.self)
    }

    /// Takes grants out of the way, so that the wall alone must hold.
    static func grantEverything(in world: World) async throws {
        for table in try await all(in: world) where ["tenant", "global"].contains(table.kind) {
            _ = try await world.migrated.admin(
                """
                GRANT SELECT, INSERT, UPDATE, DELETE ON \(unsafe: table.name)
                TO ghostworks_app, ghostworks_reader
                """
            )
        }
    }
}
