import Postgres
import Testing

@testable import Cluster

@Suite struct RolePasswordTests {
    @Test func `the application's roles sign in with their passwords only`() async throws {
        try await TestCluster.with { test in
            try await test.cluster.start()
            #expect(throws: ClusterError.passwordMissing(role: "ghostworks_app")) {
                try test.cluster.url(role: "ghostworks_app")
            }
            await #expect(throws: ClusterError.roleMissing("ghostworks_app")) {
                try await test.cluster.preparePasswords()
            }
            try await test.execute(
                "CREATE ROLE ghostworks_app LOGIN; CREATE ROLE ghostworks_reader LOGIN"
            )
            try await test.cluster.preparePasswords()
            #expect(TestFolder.mode(test.layout.passwords) == 0o600)
            for role in EmbeddedCluster.loginRoles {
                #expect(try await name(test.cluster.url(role: role)) == role)
            }
            let others = [
                test.layout.url(role: "ghostworks_app"),
                test.layout.url(role: "ghostworks_app", password: "guess"),
            ]
            for url in others {
                await #expect(throws: PostgresError.self) { try await name(url) }
            }
        }
    }

    @Test func `passwords are kept, and given again to a role that lost its own`() async throws {
        try await TestCluster.with { test in
            try await test.cluster.start()
            try await test.execute(
                "CREATE ROLE ghostworks_app LOGIN; CREATE ROLE ghostworks_reader LOGIN"
            )
            try await test.cluster.preparePasswords()
            let url = try test.cluster.url(role: "ghostworks_app")
            let stored = try await verifier(test)
            try await test.cluster.preparePasswords()
            #expect(try await verifier(test) == stored)

            try await test.execute("ALTER ROLE ghostworks_app PASSWORD NULL")
            await #expect(throws: PostgresError.self) { try await name(url) }
            try await test.cluster.preparePasswords()
            #expect(try test.cluster.url(role: "ghostworks_app") == url)
            #expect(try await name(url) == "ghostworks_app")
        }
    }

    @Test func `the file holds each role once and survives damage`() async throws {
        try await TestFolder.with { folder in
            let passwords = RolePasswords(layout: ClusterLayout(root: folder.path))
            #expect(try passwords.read().isEmpty)
            let first = try passwords.prepare(for: ["a"])
            let second = try passwords.prepare(for: ["a", "b"])
            #expect(second["a"] == first["a"])
            #expect(second["a"] != second["b"])
            #expect(second.values.allSatisfy { $0.count == 64 })

            try PrivateFile(path: passwords.layout.passwords).write("a short\n\nb ';DROP\n")
            #expect(try passwords.read().isEmpty)
        }
    }

    private func name(_ url: String) async throws -> String {
        try await AdminConnection.with(url) { connection in
            let rows = try await connection.query("SELECT current_user::text AS name")
            return try rows.first?.decode("name") ?? ""
        }
    }

    private func verifier(_ test: TestCluster) async throws -> String {
        try await test.value(
            "SELECT rolpassword AS value FROM pg_authid WHERE rolname = 'ghostworks_app'"
        )
    }
}
