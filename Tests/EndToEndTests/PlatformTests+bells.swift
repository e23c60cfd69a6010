import Foundation
import Postgres
import Testing

/// A platform whose database was copied without what is made beside the tables.
extension PlatformTests {
    private func finding(_ shell: Shell, _ check: String) throws -> [String: Any] {
        let doctor = try shell.run("doctor", "--format", "json")
        return try #require(doctor.objects.first { $0["check"] as? String == check })
    }

    @Test func `the doctor misses the key of the bells, and says what makes it`() async throws {
        let shell = try #require(InstalledPlatform.shell)
        let url = try shell.run("database", "url").output
        let connection = try await PostgresConnection.connect(
            try ConnectionSettings(url: String(url.dropLast()))
        )
        try await connection.execute(script: "DELETE FROM app.bell_keys")
        await connection.close()
        let missing = try finding(shell, "bells")
        #expect(missing["state"] as? String == "warning")
        #expect(missing["fix"] as? String == "ghostworks migrate up")
        #expect(try shell.run("migrate", "up").status == 0)
        #expect(try finding(shell, "bells")["state"] as? String == "ok")
    }
}
