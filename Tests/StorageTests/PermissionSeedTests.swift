import Domain
import Fixtures
import Postgres
import Testing

@Suite struct PermissionSeedTests {
    @Test func `the seeded permissions equal the permission matrix`() async throws {
        try await MigratedDatabase.with { migrated in
            let rows = try await migrated.admin(
                """
                SELECT g.role_key, g.permission_id, g.own, g.support_mode
                FROM role_permissions AS g
                """
            )
            var seeded: Set<String> = []
            for row in rows {
                let role: String = try row.decode("role_key")
                let permission: Int = try row.decode("permission_id")
                let mode: String? = try row.decode("support_mode")
                let letter =
                    switch mode {
                    case "ro": "r"
                    case "rw": "w"
                    default: try row.decode("own", as: Bool.self) ? "o" : "y"
                    }
                seeded.insert("\(role) \(permission) \(letter)")
            }
            #expect(seeded == matrix())
        }
    }

    @Test func `the seeded names and ids are those of the enumeration`() async throws {
        try await MigratedDatabase.with { migrated in
            let rows = try await migrated.admin("SELECT p.id, p.name FROM permissions AS p")
            let seeded = try rows.map { row in
                "\(try row.decode("id", as: Int.self)) \(try row.decode("name", as: String.self))"
            }
            #expect(Set(seeded) == Set(Permission.allCases.map { "\($0.rawValue) \($0)" }))
        }
    }

    @Test func `the seeded ranks are those of the roles`() async throws {
        try await MigratedDatabase.with { migrated in
            let rows = try await migrated.admin(
                "SELECT r.key, r.rank FROM roles_system AS r WHERE NOT r.platform"
            )
            let seeded = try rows.map { row in
                "\(try row.decode("key", as: String.self)) \(try row.decode("rank", as: Int.self))"
            }
            #expect(Set(seeded) == Set(Role.allCases.map { "\($0.rawValue) \($0.rank)" }))
        }
    }

    private func matrix() -> Set<String> {
        let roles = Role.allCases.map(\.rawValue) + PlatformRole.allCases.map(\.rawValue)
        var lines: Set<String> = []
        for role in roles {
            for permission in Permission.allCases {
                let letter = PermissionMatrix.letter(permission, role: role)
                if letter != "-" { lines.insert("\(role) \(permission.rawValue) \(letter)") }
            }
        }
        return lines
    }
}
