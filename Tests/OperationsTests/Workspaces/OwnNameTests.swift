import Domain
import Fixtures
import Operations
import Postgres
import Testing

/// What people change about themselves.
@Suite struct OwnNameTests {
    @Test func `one's name and language are changed at the version that was seen`() async throws {
        try await Fixture.with { fixture in
            let ada = try await OwnWorkspaceTests.ada(fixture)
            let update = UpdateMe(fixture.environment)
            let before = try await ShowMe(fixture.environment)(by: ada)
            #expect(before.locale == "en")
            let edit = try AccountEdit(name: "Huda Saleh", locale: "ar")
            let after = try await update(edit, version: before.version, by: ada)
            #expect(after.user.name == "Huda Saleh" && after.locale == "ar")
            #expect(after.version == before.version + 1)
            let shown = try await ShowMe(fixture.environment)(by: ada)
            #expect(after == shown)
            await OwnWorkspaceTests.expect(.versionConflict) {
                try await update(edit, version: before.version, by: ada)
            }
            let rows = try await fixture.migrated.admin(
                """
                SELECT changes FROM platform_audit_events
                WHERE action = 'user.updated' AND actor_id = \(ada.user.uuid)
                  AND resource_id = \(ada.user.description)
                """
            )
            let changes = try rows.map { try $0.decode("changes", as: String.self) }
            #expect(changes == [#"{"locale":["en","ar"],"name":[null,"changed"]}"#])
        }
    }

    @Test func `somebody whose session ended changes nothing`() async throws {
        try await Fixture.with { fixture in
            let ada = try await OwnWorkspaceTests.ada(fixture)
            try await SignOut(fixture.environment)(by: ada)
            let edit = try AccountEdit(name: "Huda", locale: nil)
            await OwnWorkspaceTests.expect(.sessionRevoked) {
                try await UpdateMe(fixture.environment)(edit, version: nil, by: ada)
            }
        }
    }
}
